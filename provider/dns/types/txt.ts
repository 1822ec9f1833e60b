/**
 * TXT (RFC 1035, section 3.3.14) and SPF (RFC 7208, section 3.1: same rdata).
 * Where the octets are cut into strings means nothing to the readers of a TXT record (RFC 7208, section 3.3;
 * RFC 6376, section 3.6.2.2), and LiveDNS may cut them elsewhere: the value is the joined octets.
 */
import { quoteInPieces } from "../characterString";
import { Invalid } from "../dnsErrors";
import { MAX_RDATA, type RecordType } from "../fields";
import { holdsPrivateKey, PRIVATE_KEY } from "../privateKey";

export const TXT: RecordType = {
    example: '"\\"some text\\""',
    normal(fields) {
        const strings: Buffer[] = [];
        let unquoted = false;
        do {
            unquoted ||= fields.peek()?.quoted === false;
            strings.push(fields.characterString("the text"));
        } while (fields.left > 0);
        const octets = Buffer.concat(strings);
        if (octets.length + strings.length > MAX_RDATA)
            throw new Invalid(`the text is longer than a record can be: ${MAX_RDATA} octets`);
        if (unquoted && strings.length > 1) {
            fields.suspect("white space outside quotes is not part of the text: write all of it in one pair of quotes");
        }
        if (holdsPrivateKey(octets)) fields.suspect(PRIVATE_KEY);
        return quoteInPieces(octets);
    },
};

export const SPF = TXT;
