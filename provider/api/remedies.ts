/** What somebody can do about a failure, in the words of where his settings stand. */
export interface Remedies {
    /** Another organisation, as in "Check the spelling, or …". */
    readonly organization: string;
    /** What holds the API's address. */
    readonly address: string;
    /** About an API that is slow: a sentence, or nothing. */
    readonly slow: string;
    /** About a share of the rate limit: what follows a semicolon, or nothing. */
    readonly limit: string;
    /** About a token that was refused: a sentence, or nothing. */
    readonly token: string;
}

/** For a stack, or a program with an explicit provider. */
export const OF_A_STACK: Remedies = {
    organization: "set gandi:sharingId",
    address: "gandi:url",
    slow: "The API can be slow: gandi:timeout gives it more time.",
    limit: "; gandi:requestsPerMinute lowers our share",
    token: "A refresh, preview --refresh or destroy uses the token of the last up unless given --run-program.",
};

/** For a command, which has no stack. */
export const OF_A_COMMAND: Remedies = {
    organization: "set the environment variable GANDI_SHARING_ID",
    address: "GANDI_URL",
    slow: "The API can be slow: try again later.",
    limit: "",
    token: "",
};
