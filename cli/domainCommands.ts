import { resendOwnerChangeMail } from "../provider/api/changeowner";
import { getDomain, resetAuthInfo } from "../provider/api/domains";
import { GandiError } from "../provider/api/errors";
import { CommandFailure, command, EXIT, readDomain } from "./command";
import { clientOfEnvironment } from "./session";

/** `POST /v5/domain/changeowner/{domain}/foa` */
export const resendFoa = command({
    options: {},
    help: `Has Gandi send the e-mail that asks the present or the new owner for consent to a change of owner
once more, to the address that it went to.`,
    async run({ words }, speech) {
        const [domain, email] = [readDomain(words[0]!), words[1]!];
        const client = clientOfEnvironment(speech);
        try {
            await resendOwnerChangeMail(client, domain, email);
        } catch (error) {
            if (!GandiError.is(error, "invisible", "notFound")) {
                throw error;
            }
            // The route's 404 is of the change of owner, if the domain is there.
            await getDomain(client, domain);
            throw new CommandFailure(
                `${domain}: no change of owner waits for an answer, so there is no e-mail to send once more`,
            );
        }
        speech.answer({ domain, email });
        speech.print(`${domain}: Gandi sends the e-mail about the change of owner to ${email} once more`);
        return EXIT.done;
    },
});

/** `PUT /v5/domain/domains/{domain}/authinfo` */
export const resetAuthinfo = command({
    options: {},
    help: `Has the registry make a new transfer code (authinfo) for a domain; the old one is worth nothing then.
The code is not printed: a program reads it with gandi.getDomainAuthInfoOutput.`,
    async run({ words }, speech) {
        const domain = readDomain(words[0]!);
        await resetAuthInfo(clientOfEnvironment(speech), domain);
        speech.answer({ domain });
        speech.print(
            `${domain}: the transfer code is being reset; read the new one with gandi.getDomainAuthInfoOutput`,
        );
        return EXIT.done;
    },
});
