/** The package names itself, so the file is found from the sources, from dist and from an installed copy alike. */
const { version } = require("pulumi-gandi/package.json") as { version: string };

export const VERSION = version;

export const USER_AGENT = `pulumi-gandi/${VERSION} node/${process.versions.node}`;
