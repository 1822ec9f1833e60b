import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

const TYPES = { A: 1, CNAME: 5, SOA: 6, MX: 15, TXT: 16 } as const;
type Type = keyof typeof TYPES;

/** A nameserver on loopback that answers over UDP (RFC 1035 section 4) what it is given, and REFUSED where it has no SOA. */
export class Nameserver {
    /** By `www.example.com A`: the values in presentation form, names absolute. */
    readonly records = new Map<string, string[]>();

    private constructor(private readonly socket: Socket) {
        socket.on("message", (query, from) => socket.send(this.answer(query), from.port, from.address));
    }

    static async start(): Promise<Nameserver> {
        const socket = createSocket("udp4");
        socket.bind(0, "127.0.0.1");
        await once(socket, "listening");
        return new Nameserver(socket);
    }

    /** `127.0.0.1:5353` */
    get address(): string {
        return `127.0.0.1:${this.socket.address().port}`;
    }

    close(): void {
        this.socket.close();
    }

    private answer(query: Buffer): Buffer {
        let end = 12;
        const labels: string[] = [];
        for (let length = query[end]!; length > 0; length = query[end]!) {
            labels.push(query.toString("latin1", end + 1, end + 1 + length));
            end += 1 + length;
        }
        const question = query.subarray(12, end + 5);
        const number = query.readUInt16BE(end + 1);
        const type = (Object.keys(TYPES) as Type[]).find((name) => TYPES[name] === number);
        const values = this.records.get(`${labels.join(".").toLowerCase()} ${type}`) ?? [];
        const head = Buffer.alloc(12);
        query.copy(head, 0, 0, 2);
        const refused = this.records.size === 0 ? 5 : 0;
        head.writeUInt16BE(0x8400 | refused, 2);
        head.writeUInt16BE(1, 4);
        head.writeUInt16BE(values.length, 6);
        return Buffer.concat([head, question, ...values.map((value) => record(type!, value))]);
    }
}

/** A resource record for the name of the question. */
function record(type: Type, value: string): Buffer {
    const rdata = rdataOf(type, value);
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xc00c, 0);
    head.writeUInt16BE(TYPES[type], 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(300, 6);
    head.writeUInt16BE(rdata.length, 10);
    return Buffer.concat([head, rdata]);
}

function rdataOf(type: Type, value: string): Buffer {
    const [first = "", second = ""] = value.split(" ");
    switch (type) {
        case "A":
            return Buffer.from(value.split(".").map(Number));
        case "CNAME":
            return nameOf(value);
        case "MX":
            return Buffer.concat([Buffer.from([Number(first) >> 8, Number(first) & 255]), nameOf(second)]);
        case "TXT":
            return Buffer.concat([Buffer.from([value.length]), Buffer.from(value, "latin1")]);
        case "SOA":
            return Buffer.concat([nameOf(first), nameOf(second), Buffer.alloc(20)]);
    }
}

function nameOf(name: string): Buffer {
    const labels = name.replace(/\.$/, "").split(".");
    return Buffer.concat([...labels, ""].map((label) => Buffer.from([label.length, ...Buffer.from(label)])));
}
