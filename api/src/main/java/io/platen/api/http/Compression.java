package io.platen.api.http;

import akka.http.javadsl.coding.Coder;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Arrays;
import java.util.Locale;

/** Compresses text responses of 1 KiB and more with gzip if the client accepts it. Streams and print data stay unchanged. */
final class Compression {
    private static final int LEAST_BYTES = 1024;

    private Compression() {}

    static HttpResponse of(HttpRequest request, HttpResponse response) {
        boolean isWorthIt = response.entity() instanceof HttpEntity.Strict whole
                && whole.getData().size() >= LEAST_BYTES
                && isText(whole.getContentType().mediaType().toString())
                // A strong ETag names the bytes of one encoding.
                && response.getHeader("ETag").isEmpty()
                && response.getHeader("Content-Encoding").isEmpty();
        if (!isWorthIt) {
            return response;
        }
        HttpResponse varying = response.addHeader(RawHeader.create("Vary", "Accept-Encoding"));
        return takesGzip(request) ? Coder.Gzip.encodeMessage(varying) : varying;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("json") || type.endsWith("yaml");
    }

    private static boolean takesGzip(HttpRequest request) {
        String accepted = request.getHeader("Accept-Encoding")
                .map(header -> header.value().toLowerCase(Locale.ROOT))
                .orElse("");
        return Arrays.stream(accepted.split(",", -1))
                .map(coding -> coding.replace(" ", ""))
                .anyMatch(coding -> coding.equals("gzip") || coding.matches("gzip;q=(1(\\.0*)?|0\\.0*[1-9]\\d*)"));
    }
}
