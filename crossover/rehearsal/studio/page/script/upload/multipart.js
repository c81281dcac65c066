// What the calls for parts of a file say and answer, in XML.

/** The id of a begun upload, from the answer that begins it. */
export function uploadIdIn(text) {
  return /<UploadId>\s*([^<\s]+)\s*<\/UploadId>/.exec(text)[1];
}

/** The document that has the parts joined; `tags` are their ETags in order. */
export function completion(tags) {
  const parts = tags.map((tag, place) => `<Part><PartNumber>${place + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
  return `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
}
