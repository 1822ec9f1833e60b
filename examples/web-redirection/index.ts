import * as gandi from "pulumi-gandi";

const domain = "example.com";

const shop = new gandi.WebRedirection("shop", {
    domain,
    host: "shop",
    url: "https://shop.example.org/",
    type: "permanent",
});

// With https Gandi orders a certificate for the host.
new gandi.WebRedirection("blog", {
    domain,
    host: "blog",
    url: "https://example.org/blog",
    type: "temporary",
    protocol: "https",
});

export const hostname = shop.hostname;
