package io.platen.api.http.jobs;

import akka.actor.typed.ActorSystem;
import io.platen.api.http.request.Lookup;
import io.platen.api.http.request.UploadLimits;
import io.platen.api.http.request.UploadRoom;
import io.platen.api.webhook.Webhooks;
import io.platen.spooler.Spooler;

/** What the routes of submissions share: reading a submission, finding room on the disk, and accepting it. */
public final class SubmissionServices {
    private final SubmissionReader reader;
    private final UploadRoom room;
    private final Submission submission;
    private final UploadLimits uploads;

    private SubmissionServices(SubmissionReader reader, UploadRoom room, Submission submission, UploadLimits uploads) {
        this.reader = reader;
        this.room = room;
        this.submission = submission;
        this.uploads = uploads;
    }

    /**
     * How many jobs one caller may submit.
     *
     * @param perSecond on average
     * @param burst at once, after a pause
     */
    public record Rate(int perSecond, int burst) {}

    public static SubmissionServices create(
            ActorSystem<?> system,
            Spooler spooler,
            Webhooks webhooks,
            UploadRoom room,
            UploadLimits uploads,
            Rate rate) {
        var submissionRate = new SubmissionRate(rate.perSecond(), rate.burst(), System::nanoTime);
        var limits = new SubmissionLimits(submissionRate, webhooks::mayCall);
        return new SubmissionServices(
                new SubmissionReader(new Lookup(spooler.board()), limits, uploads),
                room,
                new Submission(system, spooler, uploads),
                uploads);
    }

    SubmissionReader reader() {
        return reader;
    }

    UploadRoom room() {
        return room;
    }

    Submission submission() {
        return submission;
    }

    UploadLimits uploads() {
        return uploads;
    }
}
