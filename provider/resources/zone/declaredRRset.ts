import type { Declaration } from "../../core/kind";
import type { RRset } from "../../dns/rrset";

const ALONE = "a CNAME excludes every other type of its name. Remove one of them.";

/** What a program says with an RRset, whichever resource it stands in. */
export function declaredRRset({ zone, name, type, id }: RRset): Declaration {
    return {
        title: id,
        places: [{ name: zone }, { name: `${zone}/${name}`, excludes: type === "CNAME" ? () => ALONE : undefined }],
    };
}
