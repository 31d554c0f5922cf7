package io.platen.persistence.akka;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.query.ReadJournalProvider;
import com.typesafe.config.Config;

/** Gives Akka the read journal, {@code platen.persistence.read-journal}. */
final class LeveldbReadJournalProvider implements ReadJournalProvider {
    private final LeveldbReadJournal readJournal;

    /** Made by Akka, by name. */
    LeveldbReadJournalProvider(ExtendedActorSystem system, Config config) {
        readJournal = new LeveldbReadJournal(Adapter.toTyped(system));
    }

    /** Akka asks for one; this one answers no queries. Ask through {@code akka.persistence.query.javadsl}. */
    @Override
    public akka.persistence.query.scaladsl.ReadJournal scaladslReadJournal() {
        return new akka.persistence.query.scaladsl.ReadJournal() {};
    }

    @Override
    public akka.persistence.query.javadsl.ReadJournal javadslReadJournal() {
        return readJournal;
    }
}
