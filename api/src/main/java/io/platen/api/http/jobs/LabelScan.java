package io.platen.api.http.jobs;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.platen.printer.language.Labels;
import io.platen.printer.language.PrinterLanguage;
import io.platen.printer.language.ZplScanner;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scans a ZPL document on its way into the store without keeping any of it. A document counts as ZPL if its printer or its
 * media type says so.
 */
final class LabelScan {
    /** {@code application/vnd.zebra-zpl}, {@code application/x-zpl}, {@code text/zpl} and the like. */
    private static final Pattern ZPL = Pattern.compile("[^/]+/(?:x[-.]|vnd\\.)?(?:zebra[-.])?zpl(?:-?2|-?ii)?");

    private final @Nullable ZplScanner scanner;

    private LabelScan(@Nullable ZplScanner scanner) {
        this.scanner = scanner;
    }

    static LabelScan of(PrinterLanguage language, @Nullable String contentType) {
        return new LabelScan(language == PrinterLanguage.ZPL || isZpl(contentType) ? new ZplScanner() : null);
    }

    /** Whether a media type, with or without parameters, is one of those in use for ZPL. */
    static boolean isZpl(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return ZPL.matcher(type.strip().toLowerCase(Locale.ROOT)).matches();
    }

    /** Passes chunks on unchanged and scans them. Use it in one stream only. */
    Flow<ByteString, ByteString, NotUsed> flow() {
        Flow<ByteString, ByteString, NotUsed> chunks = Flow.create();
        return scanner == null ? chunks : chunks.map(this::scanned);
    }

    /** Scans the next chunk and returns it unchanged. */
    ByteString scanned(ByteString chunk) {
        if (scanner != null) {
            chunk.getByteBuffers().forEach(scanner::take);
        }
        return chunk;
    }

    /** The result of the scan; null if the document was not scanned. */
    @Nullable
    Labels labels() {
        return scanner == null ? null : scanner.labels();
    }
}
