/** WKS (RFC 1035, section 3.4.2): the services of a host. Normal form in numbers, services in order. */
import { Invalid, shown } from "../dnsErrors";
import type { RecordType } from "../fields";
import { parseIPv4 } from "./address";

const PROTOCOLS: Readonly<Record<string, number>> = { ICMP: 1, IGMP: 2, TCP: 6, UDP: 17 };

/** Names of the services that such records name (RFC 1010); others go by their number. */
const SERVICES: Readonly<Record<string, number>> = {
    ECHO: 7,
    DISCARD: 9,
    SYSTAT: 11,
    DAYTIME: 13,
    NETSTAT: 15,
    QOTD: 17,
    CHARGEN: 19,
    "FTP-DATA": 20,
    FTP: 21,
    SSH: 22,
    TELNET: 23,
    SMTP: 25,
    TIME: 37,
    WHOIS: 43,
    DOMAIN: 53,
    BOOTPS: 67,
    BOOTPC: 68,
    TFTP: 69,
    GOPHER: 70,
    FINGER: 79,
    HTTP: 80,
    KERBEROS: 88,
    POP3: 110,
    SUNRPC: 111,
    NNTP: 119,
    NTP: 123,
    IMAP: 143,
    IMAP2: 143,
    SNMP: 161,
    IRC: 194,
    LDAP: 389,
    HTTPS: 443,
    SUBMISSION: 587,
    LDAPS: 636,
    IMAPS: 993,
    POP3S: 995,
};

export const WKS: RecordType = {
    example: '"192.0.2.1 6 25 80"',
    normal(fields) {
        const offset = fields.offset;
        const address = parseIPv4(fields.word("the address"), offset);
        const protocol = fields.code("the protocol", 255, PROTOCOLS);
        const ports = new Set<number>();
        while (fields.left > 0) {
            const { text, offset: at } = fields.peek()!;
            if (/^[a-z]/i.test(text) && SERVICES[text.toUpperCase()] === undefined) {
                throw new Invalid(`the service ${shown(text)} is not known by name: write its port`, at);
            }
            ports.add(fields.code("the port", 65535, SERVICES));
        }
        return [address, protocol, ...[...ports].sort((a, b) => a - b)].join(" ");
    },
};
