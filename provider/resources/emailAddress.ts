import { messageOf } from "../core/failures";
import { domainName } from "../dns";
import { shown } from "../dns/dnsErrors";

/** RFC 5321 section 4.5.3.1.1, in octets. */
const LONGEST_LOCAL_PART = 64;

/**
 * What stands before the `@` of an address, as it is: a dot-atom of RFC 5322 section 3.2.3. Quoted ones, and those beyond
 * ASCII, are in no document of Gandi's.
 * @throws Error for anything else
 */
export function localPart(text: string): string {
    if (text.includes("@")) {
        throw new Error(
            `${shown(text)} is a whole address, with a domain: write ${shown(text.slice(0, text.indexOf("@")))}`,
        );
    }
    if (!/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(text)) {
        throw new Error(
            `${shown(text)} is no local part of an address: letters, digits and signs, with single dots inside`,
        );
    }
    if (text.length > LONGEST_LOCAL_PART) {
        throw new Error(`${shown(text)} is longer than the ${LONGEST_LOCAL_PART} characters of a local part`);
    }
    return text;
}

/**
 * One whole address, its domain in A-labels. The case of the local part stays: whether it counts is for the receiver to say
 * (RFC 5321 section 2.4).
 * @throws Error for anything but one address
 */
export function emailAddress(text: string): string {
    const at = text.lastIndexOf("@");
    if (at < 0) {
        throw new Error(`${shown(text)} is no e-mail address: it has no @`);
    }
    try {
        return `${localPart(text.slice(0, at))}@${domainName(text.slice(at + 1))}`;
    } catch (error) {
        throw new Error(`${shown(text)} is no e-mail address: ${messageOf(error)}`);
    }
}
