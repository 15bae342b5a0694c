declare const brand: unique symbol;

/** A `Base` that the compiler keeps apart from every other use of `Base`. At run time it is only a `Base`. Brands add up. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: { readonly [Key in Name]: true } };
