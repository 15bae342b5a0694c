/**
 * An enum's values by name, without the prefix that protobuf needs: ACKS_ALL of Acks is ALL.
 *
 * @returns {Record<string, number>}
 */
export function enumOf({ name, values }) {
  const prefix = `${name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase()}_`;
  const strange = Object.keys(values).find((value) => !value.startsWith(prefix));
  if (strange !== undefined) throw new Error(`${strange} of ${name} must begin with ${prefix}`);
  return Object.fromEntries(Object.entries(values).map(([value, number]) => [value.slice(prefix.length), number]));
}

/** How a service's method is called and what passes. */
export function methodOf(service, method) {
  if (Boolean(method.requestStream) !== Boolean(method.responseStream))
    throw new Error(`${method.fullName}: streams go both ways or not at all`);
  return {
    name: method.name[0].toLowerCase() + method.name.slice(1),
    path: `/${service.fullName.slice(1)}/${method.name}`,
    kind: method.requestStream ? "stream" : "unary",
    request: method.resolvedRequestType.name,
    response: method.resolvedResponseType.name,
  };
}
