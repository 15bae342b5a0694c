import { encodeMessage } from "@millrace/contracts";
import { LeadNews as LeadNewsMessage } from "@millrace/contracts/session";
import type { PeerStream } from "@millrace/runtime";
import type { Lead } from "../lead.ts";
import type { LeadNews } from "./lead-news.ts";

/** Tells one broker who leads, now and whenever that changes, until its stream ends. */
export function serveLeadNews(news: LeadNews, stream: PeerStream): void {
  const tell = (lead: Lead | undefined) => void stream.send([encodeMessage(LeadNewsMessage, { lead: lead && leadDraft(lead) })]);
  const forget = news.watch(tell);
  stream.receive({
    message: () => {},
    ended: () => stream.end(),
    drained: () => {},
    closed: forget,
  });
  tell(news.ready);
}

function leadDraft({ id, term, address }: Lead) {
  return { controllerId: id, term, host: address?.host ?? "", port: address?.port ?? 0 };
}
