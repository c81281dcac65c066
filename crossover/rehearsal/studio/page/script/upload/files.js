// Brings a file to the upload host: a permit first, then the bytes, in parts where it is large.
import { call, CallFailed, otherName } from "../calls.js";
import { settings } from "../settings.js";
import { t } from "../words/words.js";
import { completion, uploadIdIn } from "./multipart.js";

const PART = 5 * 1024 * 1024;

/** Upload a file as `image` or `video`, and give its `fileId`, and of a video its `videoId`.
 *  `progress(sent, total)` is told the bytes. Throws `CallFailed`. */
export async function putFile(file, scene, progress = () => {}) {
  const query = `biz_name=spectrum&scene=${scene}&file_count=1&version=1&source=web`;
  const { uploadTempPermits } = await call("GET", `/api/media/v1/upload/creator/permit?${query}`);
  const permit = uploadTempPermits.reduce((best, one) => (one.qos > best.qos ? one : best));
  const target = { url: addressOf(permit), token: permit.token };
  progress(0, file.size);
  const answer = file.size > PART ? await putParts(target, file, progress) : await send("PUT", target, file);
  progress(file.size, file.size);
  return { fileId: permit.fileIds[0], videoId: answer.headers.get("X-Ros-Video-Id") };
}

/** What the page says of a file that did not go through. */
export function failureText(error) {
  return t(error instanceof CallFailed && error.status === 0 ? "upload.network" : "upload.failed");
}

function addressOf(permit) {
  const plain = /^(127\.0\.0\.1|localhost)[:/]/.test(permit.uploadAddr);
  const address = settings.uploadOrigin === "other" ? otherName(permit.uploadAddr) : permit.uploadAddr;
  return `${plain ? "http" : "https"}://${address}/${permit.fileIds[0]}`;
}

async function putParts(target, file, progress) {
  const begun = await send("POST", { ...target, url: `${target.url}?uploads` });
  const id = encodeURIComponent(uploadIdIn(await begun.text()));
  const tags = [];
  for (let start = 0; start < file.size; start += PART) {
    progress(start, file.size);
    const url = `${target.url}?partNumber=${tags.length + 1}&uploadId=${id}`;
    const answer = await send("PUT", { ...target, url }, file.slice(start, start + PART));
    tags.push(answer.headers.get("ETag"));
  }
  const whole = { ...target, url: `${target.url}?uploadId=${id}` };
  return send("POST", whole, new Blob([completion(tags)], { type: "application/xml" }));
}

/** Send bytes with the permit's token, and nothing of the session: cookies are for the site alone. */
async function send(method, { url, token }, body) {
  const headers = { "X-Cos-Security-Token": token };
  let answer;
  try {
    answer = await fetch(url, { method, headers, body, credentials: "omit" });
  } catch (error) {
    throw new CallFailed(0, null, String(error));
  }
  if (!answer.ok) throw new CallFailed(answer.status, null, await answer.text());
  return answer;
}
