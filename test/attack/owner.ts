export const owner = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: "alice@example.org",
    streetaddr: "5 rue neuve",
    city: "Paris",
    zip: "75001",
    country: "FR",
    phone: "+33.123456789",
};
