package io.platen.persistence.akka;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.query.ReadJournalProvider;
import com.typesafe.config.Config;

/** Gives Akka the read journal, {@code platen.persistence.read-journal}. */
final class LeveldbReadJournalProvider implements ReadJournalProvider {
    private final LeveldbReadJournal readJournal;

    /** Akka calls this by reflection. */
    LeveldbReadJournalProvider(ExtendedActorSystem system, Config config) {
        readJournal = new LeveldbReadJournal(Adapter.toTyped(system));
    }

    /** Akka requires one. It answers no queries: use {@code akka.persistence.query.javadsl}. */
    @Override
    public akka.persistence.query.scaladsl.ReadJournal scaladslReadJournal() {
        return new akka.persistence.query.scaladsl.ReadJournal() {};
    }

    @Override
    public akka.persistence.query.javadsl.ReadJournal javadslReadJournal() {
        return readJournal;
    }
}
