import { json, text, topic } from "@millrace/client";
import { z } from "zod";

/** What a customer bought. */
export const Order = z.object({ id: z.string(), customer: z.string(), cents: z.number().int().positive() });
/** What was charged for it. */
export const Invoice = z.object({ order: z.string(), cents: z.number().int(), charged: z.iso.datetime() });

/** Orders of one customer stay in order: the customer is the key. */
export const orders = topic("orders", { key: text, value: json(Order) });
export const invoices = topic("invoices", { key: text, value: json(Invoice) });
