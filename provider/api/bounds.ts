/** The most that is read of one answer, in octets (32 MB). What is longer is not read on. */
export const LARGEST_BODY = 32 * 1024 * 1024;

/** The most pages that one list may have: 500,000 items at the size of page that we ask for. */
export const MOST_PAGES = 1_000;

/** The most that one error says, in characters. What is longer loses its middle. */
export const LONGEST_ERROR = 2_000;

/** The most that an error quotes of the API's words, in characters, so that there is room for what to do about it. */
export const LONGEST_QUOTE = 1_000;
