import { dsDigest, keyTag } from "../../provider/resources/dnssec/dsDigest";

describe("the DS record of a DNSKEY", () => {
    const rfc4034 = {
        flags: 256,
        algorithm: 5,
        publicKey:
            "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==",
    } as const;
    const rfc6605 = {
        flags: 257,
        algorithm: 14,
        publicKey:
            "xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40",
    } as const;

    it("has the key tag and digests of the RFCs' examples", () => {
        expect(keyTag(rfc4034)).toBe(60485);
        expect(dsDigest("dskey.example.com", rfc4034, 1)).toBe("2bb183af5f22588179a53b0a98631fad1a292118");
        expect(dsDigest("dskey.example.com", rfc4034, 2)).toBe(
            "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a",
        );
        expect(keyTag(rfc6605)).toBe(10771);
        expect(dsDigest("example.net", rfc6605, 4)).toBe(
            "72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6",
        );
    });

    it("has no digest of a type that is not known", () => {
        expect(dsDigest("example.com", rfc4034, 99)).toBeUndefined();
    });
});
