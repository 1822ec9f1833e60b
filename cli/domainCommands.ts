import { resendOwnerChangeMail } from "../provider/api/changeowner";
import { resetAuthInfo } from "../provider/api/domains";
import { domainName } from "../provider/dns";
import { CommandFailure, clientOfEnvironment } from "./session";

/** `resend-foa DOMAIN EMAIL`: `POST /v5/domain/changeowner/{domain}/foa`. */
export async function resendFoa([domain, email, ...rest]: string[], print: (line: string) => void): Promise<void> {
    if (domain === undefined || email === undefined || rest.length > 0) {
        throw new CommandFailure("usage: pulumi-gandi resend-foa DOMAIN EMAIL", 2);
    }
    await resendOwnerChangeMail(clientOfEnvironment(print), domainName(domain), email);
    print(`${domain}: Gandi sends the e-mail about the change of owner to ${email} once more`);
}

/** `reset-authinfo DOMAIN`: `PUT /v5/domain/domains/{domain}/authinfo`. */
export async function resetAuthinfo([domain, ...rest]: string[], print: (line: string) => void): Promise<void> {
    if (domain === undefined || rest.length > 0) {
        throw new CommandFailure("usage: pulumi-gandi reset-authinfo DOMAIN", 2);
    }
    await resetAuthInfo(clientOfEnvironment(print), domainName(domain));
    print(`${domain}: the transfer code is being reset; read the new one with gandi.getDomainAuthInfoOutput`);
}
