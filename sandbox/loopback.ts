/** True for an address or name that only this machine can reach: `127.0.0.1`, `localhost`, `::1`. */
export function isLoopbackHost(host: string): boolean {
    return host.toLowerCase() === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The same for a Host header: `127.0.0.1:8053`, `[::1]:8053`. */
export function isLoopbackAuthority(authority: string): boolean {
    return isLoopbackHost(authority.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"));
}
