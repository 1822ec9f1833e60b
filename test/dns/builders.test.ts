import { caa, checkRRset, dmarc, https, mx, normalize, spf, srv, sshfp, tlsa, txt } from "../../provider/dns";

test.each([
    ["TXT", txt('"quoted" \\ é'), '"\\"quoted\\" \\\\ \\195\\169"'],
    ["MX", mx(10, "mail.example.org."), "10 mail.example.org."],
    ["SRV", srv(1, 2, 443, "sip"), "1 2 443 sip.example.com."],
    ["CAA", caa("issue", "ca.example.net; a=b"), '0 issue "ca.example.net; a=b"'],
    ["CAA", caa("issue", ";", { critical: true }), '128 issue ";"'],
    ["SSHFP", sshfp(4, 2, "ab".repeat(32)), `4 2 ${"ab".repeat(32)}`],
    ["TLSA", tlsa(3, 1, 1, "ab".repeat(32)), `3 1 1 ${"ab".repeat(32)}`],
    ["TXT", spf(["mx", "include:_spf.example.net", "-all"]), '"v=spf1 mx include:_spf.example.net -all"'],
    ["TXT", dmarc({ policy: "none" }), '"v=DMARC1; p=none"'],
    [
        "TXT",
        dmarc({
            policy: "reject",
            subdomainPolicy: "quarantine",
            percent: 50,
            aggregateReports: ["a@example.com", "https://example.net/!"],
            dkimAlignment: "strict",
            spfAlignment: "relaxed",
        }),
        '"v=DMARC1; p=reject; sp=quarantine; pct=50; rua=mailto:a@example.com,https://example.net/%21; adkim=s; aspf=r"',
    ],
    ["HTTPS", https(1, ".", { alpn: ["h3", "h2"], port: 8443, ech: "AAA=" }), "1 . alpn=h3,h2 port=8443 ech=AAA="],
    [
        "HTTPS",
        https(1, ".", { alpn: ["a,b\\"], ipv6hint: ["::1", "::2"] }),
        '1 . alpn="a\\\\,b\\\\\\\\" ipv6hint=::1,::2',
    ],
    ["HTTPS", https(0, "www.example.org."), "0 www.example.org."],
])("the %s value %s is built", (type, built, normal) => {
    expect(normalize(type, built, "example.com")).toBe(normal);
    expect(checkRRset({ name: "www", type, values: [built] }, "example.com")).toEqual([]);
});

test.each([
    [["mx -all"], "not one term"],
    [["v=spf1", "-all"], "not one term"],
    [["-all", "mx"], "behind all"],
    [Array.from({ length: 11 }, (_, i) => `include:s${i}.example.net`), "10 may"],
])("the SPF terms %j are refused: %s", (terms, reason) => {
    expect(() => spf(terms)).toThrow(reason);
});

test("an SPF modifier may stand behind all", () => {
    expect(spf(["-all", "exp=why.example.net"])).toBe('"v=spf1 -all exp=why.example.net"');
});
