import type { Speech } from "../speech";
import { readDnscontrol } from "./dnscontrol";
import { readOctodns } from "./octodns";
import { readPulumi } from "./pulumi";
import type { Source } from "./source";
import { readTerraform } from "./terraform";

/** What a source is read by, and how its program looks unless `--style` says otherwise. */
interface Reader {
    read(file: string, speech: Speech): Promise<Source>;
    /** Terraform and Pulumi declare records singly, dnscontrol and octoDNS whole zones. */
    readonly style: "records" | "zone";
}

const READERS = {
    "from-tfstate": { read: readTerraform, style: "records" },
    "from-pulumi": { read: readPulumi, style: "records" },
    "from-dnscontrol": { read: readDnscontrol, style: "zone" },
    "from-octodns": { read: readOctodns, style: "zone" },
} as const satisfies Record<string, Reader>;

/** An option that names a source. */
export type SourceOption = keyof typeof READERS;

export const SOURCE_OPTIONS = Object.keys(READERS) as readonly SourceOption[];

/** Where a source is. */
export interface SourcePlace {
    readonly option: SourceOption;
    /** As it was given; `-` is standard input. */
    readonly file: string;
}

export function styleOf(option: SourceOption): "records" | "zone" {
    return READERS[option].style;
}

/**
 * What another tool has in its hands: which things, and what it calls them. No value is taken from it.
 * @throws CommandFailure that says all that is wrong with it, and shows nothing of what is in it
 */
export function readSource({ option, file }: SourcePlace, speech: Speech): Promise<Source> {
    return READERS[option].read(file, speech);
}
