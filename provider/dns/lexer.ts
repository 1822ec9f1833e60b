/**
 * The words of master-file text (RFC 1035, section 5.1): quotes, escapes, comments, parentheses.
 * One pass, no recursion, no look-back: its time is linear in the text, however deep the parentheses.
 */
import { Invalid } from "./dnsErrors";

export interface Token {
    /** As written, without the quotes, escapes kept. */
    readonly text: string;
    readonly quoted: boolean;
    /** No white space before it: the quoted part of `alpn="h2,h3"` (RFC 9460, appendix A). */
    readonly glued: boolean;
    /** Offset of its first character in the text. */
    readonly offset: number;
}

/** A line of a master file; parentheses make many lines into one. */
export interface Line {
    readonly tokens: readonly Token[];
    /** The line starts with white space: its owner is that of the line before. */
    readonly indented: boolean;
    readonly offset: number;
    /** Offset of the first `;` outside quotes. */
    readonly comment: number | undefined;
}

/** Rdata holds 65535 octets at most, and each field takes one at least: a line with more fields is no record. */
const MAX_TOKENS = 66_000;
/** Each octet takes four characters at most, as `\\DDD`; the owner name and the like are in the rest. */
const MAX_CHARACTERS = 4 * 65_535 + 5_000;

const BYTE_ORDER_MARK = "\ufeff";
const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;

const isBlank = (code: number) => code === SPACE || code === TAB || code === CR;

export class Lexer {
    private at: number;

    constructor(private readonly text: string) {
        this.at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    }

    /**
     * The next line that holds a token or a comment; `undefined` at the end of the text.
     * Throws `Invalid`; the call after that goes on behind the next line break.
     */
    line(): Line | undefined {
        while (this.at < this.text.length) {
            try {
                const line = this.readLine();
                if (line.tokens.length > 0 || line.comment !== undefined) return line;
            } catch (error) {
                this.at = this.endOfLine();
                throw error;
            }
        }
        return undefined;
    }

    private endOfLine(): number {
        const end = this.text.indexOf("\n", this.at);
        return end < 0 ? this.text.length : end;
    }

    private readLine(): Line {
        const start = this.at;
        const indented = isBlank(this.text.charCodeAt(start));
        const tokens: Token[] = [];
        let comment: number | undefined;
        let depth = 0;
        let opened = 0;
        let characters = 0;
        let glued = false;
        while (this.at < this.text.length) {
            const code = this.text.charCodeAt(this.at);
            if (code === LF) {
                this.at++;
                if (depth === 0) return { tokens, indented, offset: start, comment };
                glued = false;
            } else if (isBlank(code)) {
                this.at++;
                glued = false;
            } else if (code === SEMICOLON) {
                comment ??= this.at;
                this.at = this.endOfLine();
            } else if (code === OPEN) {
                if (depth++ === 0) opened = this.at;
                this.at++;
                glued = false;
            } else if (code === CLOSE) {
                if (depth-- === 0) throw new Invalid('")" without "("', this.at);
                this.at++;
                glued = false;
            } else {
                if (tokens.length === MAX_TOKENS) throw new Invalid("too many fields for one record", this.at);
                const token = code === QUOTE ? this.readQuoted(glued) : this.readWord(glued);
                characters += token.text.length;
                if (characters > MAX_CHARACTERS) throw new Invalid("longer than a record can be", token.offset);
                tokens.push(token);
                glued = true;
            }
        }
        if (depth > 0) throw new Invalid('"(" is never closed', opened);
        return { tokens, indented, offset: start, comment };
    }

    private readQuoted(glued: boolean): Token {
        const start = this.at;
        for (let i = start + 1; i < this.text.length; i++) {
            const code = this.text.charCodeAt(i);
            if (code === BACKSLASH) i++;
            else if (code === LF) break;
            else if (code === QUOTE) {
                this.at = i + 1;
                return { text: this.text.slice(start + 1, i), quoted: true, glued, offset: start };
            }
        }
        throw new Invalid("a quote is never closed", start);
    }

    private readWord(glued: boolean): Token {
        const start = this.at;
        let i = start;
        for (; i < this.text.length; i++) {
            const code = this.text.charCodeAt(i);
            if (code === BACKSLASH && this.text.charCodeAt(i + 1) !== LF) i++;
            else if (isBlank(code) || code === LF || code === SEMICOLON || code === QUOTE) break;
            else if (code === OPEN || code === CLOSE) break;
        }
        this.at = Math.min(i, this.text.length);
        return { text: this.text.slice(start, this.at), quoted: false, glued, offset: start };
    }
}

/** The tokens of one value, which is one line. Throws `Invalid`. */
export function lexValue(text: string): Line {
    const lexer = new Lexer(text);
    const line = lexer.line();
    const next = lexer.line();
    if (next) throw new Invalid("a value is one line: escape a line break as \\010", next.offset);
    return line ?? { tokens: [], indented: false, offset: 0, comment: undefined };
}
