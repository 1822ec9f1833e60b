import { nearest } from "../../provider/core/inputs/nearest";

const names = ["maxPrice", "email", "sharingId", "ips"];

test.each([
    ["another case", "MaxPrice", "maxPrice"],
    ["the API's spelling", "sharing_id", "sharingId"],
    ["one character too many", "maxPricee", "maxPrice"],
    ["one character missing", "ip", "ips"],
    ["one other character", "maxPrise", "maxPrice"],
    ["two neighbours that changed places", "emial", "email"],
])("%s is what somebody meant", (_what, word, meant) => {
    expect(nearest(word, names)).toBe(meant);
});

test.each([["price"], ["xxail"], [""], ["e"]])("%j is no slip of the hand", (word) => {
    expect(nearest(word, names)).toBeUndefined();
});
