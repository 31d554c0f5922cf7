package io.platen.api.http.jobs;

import io.platen.api.http.request.DiskRoom;
import io.platen.api.http.request.UploadLimits;

/**
 * The way of a submission: it is read, room is found for it, and it is accepted.
 *
 * @param uploads what the reader and the submission hold an upload to
 */
public record SubmissionServices(SubmissionReader reader, DiskRoom room, Submission submission, UploadLimits uploads) {}
