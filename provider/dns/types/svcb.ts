/** SVCB and HTTPS (RFC 9460). A value holds its parameters in the order of their keys, each as its octets on the wire. */

import { octetsOf } from "../characterString";
import { Invalid, shown } from "../dnsErrors";
import type { Fields, RecordType } from "../fields";
import { keyName, keyNumber, parameter } from "./svcbParameters";

const MANDATORY = 0;
const ALPN = 1;
const NO_DEFAULT_ALPN = 2;
/** RFC 9460, section 14.3.2. */
const INVALID_KEY = 65535;

/** `key`, `key=value` or `key="value"`: the last is two tokens with nothing between. */
function parseParameter(fields: Fields): [key: number, wire: Buffer] {
    const offset = fields.offset;
    const word = fields.word("the parameter");
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    let text = equals < 0 ? undefined : word.slice(equals + 1);
    const next = fields.peek();
    if (text === "" && next?.quoted && next.glued) text = fields.token("the value").text;
    const key = keyNumber(name);
    if (key === undefined)
        throw new Invalid(`${shown(name)} is no parameter: write key12345 for one that has no name`, offset);
    try {
        const value = octetsOf(text ?? "", offset);
        // key1="\002h2" gives the octets themselves: they must be what alpn could say.
        if (/^key\d/.test(name)) parameter(key).print(value);
        return [key, /^key\d/.test(name) ? value : parameter(key).parse(value)];
    } catch (error) {
        if (error instanceof Invalid) throw new Invalid(`${keyName(key)}: ${error.reason}`, offset);
        throw error;
    }
}

function normal(fields: Fields): string {
    const priority = fields.integer("the priority", 65535);
    const target = fields.name("the target");
    const unordered = new Map<number, Buffer>();
    while (fields.left > 0) {
        const offset = fields.offset;
        const [key, wire] = parseParameter(fields);
        if (unordered.has(key)) throw new Invalid(`${keyName(key)} stands there twice`, offset);
        unordered.set(key, wire);
    }
    // The order in which they were written does not count (section 2.1).
    const parameters = new Map([...unordered].sort(([a], [b]) => a - b));
    const mandatory = parameters.get(MANDATORY);
    for (let at = 0; mandatory && at < mandatory.length; at += 2) {
        const key = mandatory.readUInt16BE(at);
        if (!parameters.has(key))
            throw new Invalid(`mandatory names ${keyName(key)}, which is not there`, fields.offset);
    }
    if (parameters.has(NO_DEFAULT_ALPN) && !parameters.has(ALPN)) {
        throw new Invalid("no-default-alpn without alpn", fields.offset);
    }
    if (parameters.has(INVALID_KEY)) fields.suspect("key65535 is reserved as an invalid key");
    if (priority === 0 && parameters.size > 0) {
        fields.suspect("priority 0 makes this an alias, and its parameters mean nothing: use priority 1");
    }
    const words = [...parameters].map(([key, wire]) => {
        const text = parameter(key).print(wire);
        return text === "" ? keyName(key) : `${keyName(key)}=${text}`;
    });
    return [priority, target, ...words].join(" ");
}

export const SVCB: RecordType = { example: '"1 . alpn=h2,h3 port=8443"', normal };
export const HTTPS: RecordType = { example: '"1 . alpn=h2,h3"', normal };
