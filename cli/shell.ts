/** A word of a command line for a POSIX shell: as it is where that is harmless, else in single quotes (POSIX 2.2.2). */
export function shellWord(text: string): string {
    return /^[\w./@%+=:,][\w./@%+=:,-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
