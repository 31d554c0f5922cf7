package io.platen.persistence.document;

import java.io.IOException;

/** The bytes of a stored document differ from those that were stored. */
public final class DocumentDamagedException extends IOException {
    DocumentDamagedException(StoredDocument document, String found) {
        super("Document %s is damaged: SHA-256 should be %s and is %s"
                .formatted(document.id(), document.sha256(), found));
    }
}
