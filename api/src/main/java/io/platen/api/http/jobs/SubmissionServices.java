package io.platen.api.http.jobs;

import akka.actor.typed.ActorSystem;
import io.platen.api.http.request.DiskRoom;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.UploadLimits;
import io.platen.api.webhook.Webhooks;
import io.platen.spooler.Spooler;

/** The way of a submission: it is read, room is found for it, and it is accepted. */
public final class SubmissionServices {
    private final SubmissionReader reader;
    private final DiskRoom room;
    private final Submission submission;
    private final UploadLimits uploads;

    private SubmissionServices(SubmissionReader reader, DiskRoom room, Submission submission, UploadLimits uploads) {
        this.reader = reader;
        this.room = room;
        this.submission = submission;
        this.uploads = uploads;
    }

    /**
     * What one caller may submit.
     *
     * @param perSecond jobs, on average
     * @param burst jobs at once, after a pause
     */
    public record Rate(int perSecond, int burst) {}

    /** Puts it together. */
    public static SubmissionServices create(
            ActorSystem<?> system, Spooler spooler, Webhooks webhooks, DiskRoom room, UploadLimits uploads, Rate rate) {
        var limits =
                new SubmissionLimits(new SubmissionRate(rate.perSecond(), rate.burst(), System::nanoTime), webhooks);
        return new SubmissionServices(
                new SubmissionReader(new Lookup(spooler.board()), limits, uploads),
                room,
                new Submission(system, spooler, uploads),
                uploads);
    }

    SubmissionReader reader() {
        return reader;
    }

    DiskRoom room() {
        return room;
    }

    Submission submission() {
        return submission;
    }

    UploadLimits uploads() {
        return uploads;
    }
}
