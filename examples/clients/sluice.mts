// Posts events to Sluice and follows them, with nothing but Node.js (22.18 or newer, which runs TypeScript as it is).
//
//   node sluice.mts post KEY EVENT           posts an event, a JSON object, under an Idempotency-Key
//   node sluice.mts bulk FILE                posts each line of a file, an event with an id
//   node sluice.mts follow FILE [NAME=TEXT]  prints events as they come; FILE keeps the position, NAME=TEXT are filters
//
// SLUICE_URL is where the api is, SLUICE_TOKEN the bearer token, where it asks for one.
import { createReadStream, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const messages = (process.env.SLUICE_URL ?? "http://localhost:8080") + "/api/v1/messages";
const giveUpAfter = 120_000; // milliseconds without progress
const partLength = 1 << 20; // characters of a file in a request, up to the end of a line
const silence = 45_000; // milliseconds; a stream has a heartbeat every 15 seconds

/** No answer, with the status 0, or another one than 2xx. */
class Failure extends Error {
  status: number;
  retryAfter: number;

  constructor(status: number, text: string, retryAfter = 0) {
    super(text);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  mayBeRepeated(): boolean {
    return [0, 408, 429].includes(this.status) || this.status >= 500;
  }
}

class Backoff {
  giveUpAfter: number;
  failures = 0;
  since = performance.now();

  constructor(giveUpAfter: number) {
    this.giveUpAfter = giveUpAfter;
  }

  progress(): void {
    this.failures = 0;
    this.since = performance.now();
  }

  async wait(error: unknown): Promise<void> {
    if (!(error instanceof Failure)) throw error;
    // By chance, so that clients that failed together do not come back together.
    const pause = error.retryAfter * 1000 + Math.random() * Math.min(30_000, 500 * 2 ** Math.min(this.failures++, 6));
    if (!error.mayBeRepeated() || performance.now() - this.since + pause > this.giveUpAfter) throw error;
    console.error(`again in ${Math.round(pause)} ms: ${error.message}`);
    await sleep(pause);
  }
}

/** Gives the response to `use`; the whole of it comes within the time, unless `use` puts that off. */
async function attempt<T>(
  url: string,
  request: { method?: string; headers: Record<string, string>; body?: string },
  milliseconds: number,
  use: (response: Response, putOff: () => void) => Promise<T>,
): Promise<T> {
  const token = process.env.SLUICE_TOKEN;
  const headers = token ? { ...request.headers, Authorization: `Bearer ${token}` } : request.headers;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error("nothing came in time")), milliseconds);
  try {
    const response = await network(fetch(url, { ...request, headers, signal: abort.signal }));
    if (!response.ok) {
      const text = await network(response.text());
      throw new Failure(response.status, text, Number(/^\d+$/.exec(response.headers.get("Retry-After") ?? "")?.[0] ?? 0));
    }
    return await use(response, () => timer.refresh());
  } finally {
    clearTimeout(timer);
    // Ends what was not read to its end.
    abort.abort();
  }
}

/** Makes what goes wrong on the way a Failure, and leaves the program's own faults as they are. */
async function network<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw new Failure(0, error instanceof Error && error.cause ? String(error.cause) : String(error));
  }
}

const text = (response: Response) => network(response.text());

async function post(key: string, event: string): Promise<string> {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
  const backoff = new Backoff(giveUpAfter);
  for (;;) {
    try {
      return await attempt(messages, { method: "POST", headers, body: event }, 10_000, text);
    } catch (error) {
      await backoff.wait(error);
    }
  }
}

interface Progress {
  acknowledgedThrough: number;
  refusals: { position: number; problem: { detail: string } }[];
}

async function bulk(file: string): Promise<void> {
  let done = 0;
  let part: string[] = [];
  let length = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    part.push(line);
    length += line.length + 1;
    if (length >= partLength) {
      await bulkPart(part, done);
      done += part.length;
      part = [];
      length = 0;
    }
  }
  await bulkPart(part, done);
  console.log(`${done + part.length} lines acknowledged`);
}

async function bulkPart(part: string[], before: number): Promise<void> {
  const backoff = new Backoff(giveUpAfter);
  const headers = { "Content-Type": "application/x-ndjson" };
  for (let done = 0; done < part.length; ) {
    const lines = part.slice(done);
    let failure: unknown;
    let result: Progress;
    try {
      result = JSON.parse(await attempt(messages, { method: "POST", headers, body: lines.join("\n") }, 30_000, text));
      result.acknowledgedThrough = lines.length;
    } catch (error) {
      failure = error;
      result = progressOf(error);
    }
    const through = result.acknowledgedThrough;
    // What is behind it is sent again, and told again.
    for (const { position, problem } of result.refusals.filter((refusal) => refusal.position <= through)) {
      console.error(`line ${before + done + position}: ${problem.detail}`);
    }
    done += through;
    if (through > 0) backoff.progress();
    if (failure && done < part.length) await backoff.wait(failure);
  }
}

function progressOf(error: unknown): Progress {
  try {
    return JSON.parse((error as Failure).message).progress ?? { acknowledgedThrough: 0, refusals: [] };
  } catch {
    // There was no answer, or one of a proxy: all is sent again, and stored once because of its ids.
    return { acknowledgedThrough: 0, refusals: [] };
  }
}

async function follow(file: string, filters: string[]): Promise<never> {
  const query = new URLSearchParams(filters.map((filter) => /^([^=]*)=?(.*)$/s.exec(filter)!.slice(1) as [string, string]));
  const backoff = new Backoff(Infinity);
  for (;;) {
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (existsSync(file)) headers["Last-Event-ID"] = readFileSync(file, "utf8");
    try {
      await attempt(`${messages}/stream?${query}`, { headers }, silence, async (response, putOff) => {
        for await (const { id, event, data } of events(response, putOff)) {
          if (event === "") console.log(data);
          if (event === "gap") console.error(`lost: ${data}`);
          // Behind the event is dealt with: after a crash it comes again. A file is replaced as a whole.
          writeFileSync(`${file}.new`, id);
          renameSync(`${file}.new`, file);
          backoff.progress();
        }
      });
      throw new Failure(0, "the stream has ended");
    } catch (error) {
      await backoff.wait(error);
    }
  }
}

/** Server-sent events. One without its blank line was broken off, and is dropped. */
async function* events(response: Response, putOff: () => void) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let fields = { id: "", event: "", data: "" };
  for (;;) {
    const { done, value } = await network(reader.read());
    if (done) return;
    putOff();
    const lines = (rest + value).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith("id: ")) fields.id = line.slice(4);
      else if (line.startsWith("event: ")) fields.event = line.slice(7);
      // A line feed between the parts of a payload is as good as a blank.
      else if (line.startsWith("data: ")) fields.data += (fields.data && " ") + line.slice(6);
      else if (line === "") {
        yield fields;
        fields = { id: "", event: "", data: "" };
      }
    }
  }
}

const [command, first, ...others] = process.argv.slice(2);
try {
  if (command === "post" && first && others[0]) console.log(await post(first, others[0]));
  else if (command === "bulk" && first) await bulk(first);
  else if (command === "follow" && first) await follow(first, others);
  else throw new Error("Usage: node sluice.mts post KEY EVENT | bulk FILE | follow FILE [NAME=TEXT]");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
