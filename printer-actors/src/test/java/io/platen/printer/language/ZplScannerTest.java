package io.platen.printer.language;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ZplScannerTest {
    private static final String LABEL = "^XA^FO50,50^A0N,40,40^FDParcel 1^FS^XZ";

    /** As a common Windows driver writes it: prefixes, a format that sets the printer up, the label. */
    private static final String DRIVER = """
            \020CT~~CD,~CC^~CT~
            ^XA~TA000~JSN^LT0^MNW^MTT^PON^PMN^LH0,0^JMA^PR4,4~SD15^JUS^LRN^CI27^XZ
            ~DG000.GRF,00128,004,
            ,::::00FFC0,FF,8001::,~DG001.GRF,8,1,:Z64:eJxjYGBg:A1B2
            ^XA
            ^MMT
            ^PW812
            ^LL1218
            ^LS0
            ^FO32,64^XG000.GRF,1,1^FS
            ^FT40,120^A0N,28,28^FH\\^FDTo: Hall B_7E^FS
            ^FX the bar code^FS
            ^BY3,3,160^FT60,400^BCN,,Y,N
            ^FD>:0012345^FS
            ^PQ3,0,1,Y^XZ
            ^XA^ID000.GRF^FS^XZ
            """.replace("\n", "\r\n");

    /** What stands in binary data means nothing. */
    private static final String BINARY = "^XZ~HS^XA^DF,^XZ\0\377\002\003";

    /** A document, and what it has. */
    record Row(String what, String document, long labels, boolean incomplete, int statusQueries) {
        static Row of(String what, String document, long labels) {
            return new Row(what, document, labels, false, 0);
        }

        static Row incomplete(String what, String document, long labels) {
            return new Row(what, document, labels, true, 0);
        }

        static Row asks(String what, String document, int statusQueries) {
            return new Row(what, document, 0, false, statusQueries);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(formats(), quantities(), marks(), data(), queries()).flatMap(List::stream);
    }

    private static List<Row> formats() {
        return List.of(
                Row.of("nothing", "", 0),
                Row.of("no ZPL", "hello, world\r\n", 0),
                Row.of("a label", LABEL, 1),
                Row.of("two", LABEL + "\r\n" + LABEL, 2),
                Row.of("lower case", "^xa^fdx^fs^xz", 1),
                Row.of("STX and ETX mean nothing", "\002^FDx^FS\003\002", 0),
                Row.of("RS for the caret, US for the delimiter", "\036XA\036GFB\0375\0375\0371\037^XZ^X\036XZ", 1),
                Row.of("an empty format", "^XA^XZ", 1),
                Row.of("an unknown command", "^XA^QQ1^XZ", 1),
                Row.of("a stored format", "^XA^DFR:A.ZPL^FS^FO1,1^FN1^FS^XZ", 0),
                Row.of("recalled", "^XA^DFR:A.ZPL^FS^FN1^FS^XZ^XA^XFR:A.ZPL^FS^FN1^FDx^FS^XZ", 1),
                Row.of("setup alone", "^XA^MMT^PW800^JUS^XZ", 0),
                Row.of("setup by control commands alone", "^XA~SD15~TA0^XZ", 0),
                Row.of("an image deleted", "^XA^IDR:*.GRF^FS^XZ", 0),
                Row.of("setup and a label in one", "^XA^MMT^PW800^FDx^FS^XZ", 1),
                Row.of("a driver's job", DRIVER, 3),
                Row.incomplete("no end", "^XA^FDx^FS", 0),
                Row.incomplete("no end behind a label", LABEL + "^XA", 1),
                Row.incomplete("half an end", "^XA^FDx^FS^X", 0),
                Row.incomplete("half a setup", "^XA^MMT", 0),
                Row.of("half a beginning", LABEL + "^X", 1),
                Row.of("an end alone", "^XZ", 0),
                Row.of("an end too many", LABEL + "^XZ", 1),
                Row.of("nested: one end ends both", "^XA^FDx^FS^XA^FDy^FS^XZ", 1),
                Row.of("nested: the quantity stays", "^XA^PQ4^XA^FDy^FS^XZ", 4),
                Row.of("canceled", "^XA^FDx~JX", 0),
                Row.of("canceled, then a label", "^XA^DFR:A~jx" + LABEL, 1),
                Row.of("commands in field data", "^XA^FDa^XZb^XA^FX c^XZ^FS^XZ", 2),
                Row.of("a prefix in a name", "^^XA^X^FDx^^XZ", 1));
    }

    private static List<Row> quantities() {
        return List.of(
                Row.of("a quantity", "^XA^FDx^FS^PQ25,0,1,Y^XZ", 25),
                Row.of("a quantity at the end", "^XA^FDx^FS^PQ25^XZ", 25),
                Row.of("of one format only", "^XA^FDx^FS^PQ25^XZ" + LABEL, 26),
                Row.of("the last quantity", "^XA^PQ5^FDx^FS^pq2^XZ", 2),
                Row.of("outside a format", "^PQ7" + LABEL, 1),
                Row.of("zero", "^XA^FDx^FS^PQ0^XZ", 1),
                Row.of("none", "^XA^FDx^FS^PQ^XZ", 1),
                Row.of("none but a pause", "^XA^FDx^FS^PQ,5^XZ", 1),
                Row.of("no number", "^XA^FDx^FS^PQmany^XZ", 1),
                Row.of("spaces", "^XA^FDx^FS^PQ 12 ,3^XZ", 12),
                Row.of("leading zeros", "^XA^FDx^FS^PQ00012^XZ", 12),
                Row.of("the most", "^XA^FDx^FS^PQ99999999^XZ", 99_999_999),
                Row.of("more than the most", "^XA^FDx^FS^PQ99999999999999999999999^XZ", 99_999_999),
                Row.of("of a stored format", "^XA^DFR:A^FS^PQ5^XZ", 0));
    }

    private static List<Row> marks() {
        return List.of(
                Row.of("another caret", "^CC!!XA!FD^XZ!FS!XZ", 1),
                Row.of("changed by a control command", "~CC$$XA$FDx$FS$XZ", 1),
                Row.of("changed within a format", "^XA^CC+^XZ+FDx+XZ", 1),
                Row.of("and back", "^CC!!CC^" + LABEL, 1),
                Row.of("and so on in the next format", "^XA^CC/^XZ/FDx/XZ/XA/FD^XA/XZ", 2),
                Row.incomplete("a caret that is one no more", "^CC!!XA!FDx!FS^XZ", 0),
                Row.of("a caret beyond ASCII", "^CC\247\247XA\247XZ", 1),
                Row.of("a line break is no caret", "^CC\r\n" + LABEL, 1),
                new Row("another tilde", "^CT!!HS~HS!hs\020HS", 0, false, 3),
                new Row("changed by itself", "~CT##HS~HS", 0, false, 1),
                new Row("one prefix for both", "~CC~~XA~FDx~XZ~HS", 1, false, 1),
                Row.of("another delimiter", "^CD;^XA^GFB;5;5;1;^XZ~^^XZ", 1),
                Row.of("the old delimiter is none", "^XA~CD;^GFB,5,5,1,^XZ", 1));
    }

    private static List<Row> data() {
        int size = BINARY.length();
        String graphic = "^GFB,%d,%d,4,".formatted(size, size);
        return List.of(
                Row.of("a graphic in hex", "^XA^GFA,8,8,1,FF00FF00^FS^XZ", 1),
                Row.of("hex that is too short", "^XA^GFA,8000,8000,80,FF^FS^XZ", 1),
                Row.of("a graphic in Base64", "^XA^GFA,8,8,1,:Z64:eJxjYGBg:A1B2^FS^XZ", 1),
                Row.of("a graphic of no type", "^XA^GF,4,4,1,FF^FS^XZ", 1),
                Row.of("a binary graphic", "^XA" + graphic + BINARY + "^FS^XZ", 1),
                Row.of("without a separator behind it", "^XA" + graphic + BINARY + "^XZ" + LABEL, 2),
                Row.of("in lower case", "^XA^gfb," + size + ", " + size + ",4," + BINARY + "^FS^XZ", 1),
                Row.of("compressed", "^XA^GFC," + size + ",9000,90," + BINARY + "^FS^XZ", 1),
                Row.of("a binary graphic of no size", "^XA^GFB,0,0,1,^XZ", 1),
                Row.of("a binary graphic without its data", "^XA^GFB,9,9^XZ", 1),
                Row.incomplete("a binary graphic cut off", "^XA^GFB,900,900,4," + BINARY + "^XZ", 0),
                Row.incomplete("endless", "^XA^GFB,99999999999999999999,1,1," + LABEL, 0),
                Row.of("a stored image in hex", "~DGR:A.GRF,8,1,FF00FF00" + LABEL, 1),
                Row.of("a font in hex", "~DUR:A.TTF,4,00010000" + LABEL, 1),
                Row.of("a bitmap font", "~DBR:A.FNT,N,5,24,3,10,2,X,#0025.5.16.2.5.18.00FF" + LABEL, 1),
                Row.of("a binary file", "~DYE:A,B,T," + size + ",," + BINARY + LABEL, 1),
                Row.incomplete("a binary file cut off", "~DYE:A,b,T," + (size + 1) + ",," + BINARY, 0),
                Row.incomplete("a binary file of which nothing came", "~DYE:A,B,T,9,,", 0),
                Row.of("a file in hex", "~DYE:A,A,G,4,1,FF00FF00" + LABEL, 1),
                Row.of("a PNG as it is", "~DYE:A,P,P," + (size + 1) + ",,\211" + BINARY + LABEL, 1),
                Row.incomplete("a PNG cut off", "~DYE:A,P,P,99,,\211" + LABEL, 0),
                Row.of("a PNG in hex", "~DYE:A,P,P,99,,89504E47" + LABEL, 1),
                Row.of("a PNG in Base64", "~DYE:A,P,P,99,,:B64:iVBORw0K:1234" + LABEL, 1),
                Row.of("a compressed file of unknown length", "~DYE:A,C,G,9000,90,\1\4xyz" + LABEL, 1),
                Row.of("a download broken off by a command", "~DYE:A,B,T,9^XA^FDx^XZ", 1));
    }

    private static List<Row> queries() {
        return List.of(
                Row.asks("asks", "~HS", 1),
                Row.asks("in lower case", "~hs~Hs", 2),
                Row.asks("another query", "~HI~HQES", 0),
                Row.asks("not with a caret", "^HS", 0),
                Row.asks("half", "~H", 0),
                Row.asks("not in binary data", "~DYE:A,B,T,3,,~HS~HS", 1),
                Row.asks("no end of them", "~HS".repeat(10_003), 10_000),
                new Row("in a label", "^XA^FDx^FS~HS^XZ~HS", 1, false, 2));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void counts(Row row) {
        Labels labels = scan(row.document());

        assertThat(labels.total()).isEqualTo(row.labels());
        assertThat(labels.incomplete()).isEqualTo(row.incomplete());
        assertThat(labels.statusQueries()).isEqualTo(row.statusQueries());
        assertThat(labels.firstLabelEnd() > 0).isEqualTo(row.labels() > 0);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysTheSameHoweverItIsCut(Row row) {
        byte[] document = row.document().getBytes(ISO_8859_1);
        Labels whole = scan(row.document());

        assertThat(bytewise(document)).isEqualTo(whole);
        // A document of nothing but status queries is long, and its cuts repeat themselves.
        for (int cut = 0; cut <= Math.min(document.length, 2_000); cut++) {
            var scanner = new ZplScanner();
            scanner.take(document, 0, cut);
            scanner.take(document, cut, document.length);
            assertThat(scanner.labels()).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void takesBuffersOfAnyKind() {
        byte[] document = DRIVER.repeat(100).getBytes(ISO_8859_1);
        Labels whole = scan(DRIVER.repeat(100));
        var direct = ByteBuffer.allocateDirect(document.length).put(document).flip();
        var offset = ByteBuffer.allocate(document.length + 7)
                .position(7)
                .slice()
                .put(document)
                .flip();

        for (ByteBuffer buffer : List.of(ByteBuffer.wrap(document).asReadOnlyBuffer(), direct, offset)) {
            var scanner = new ZplScanner();
            scanner.take(buffer);
            assertThat(scanner.labels()).isEqualTo(whole);
            assertThat(buffer.hasRemaining()).isFalse();
        }
    }

    /** Cut off anywhere, a document is incomplete exactly where a format has begun and not ended. */
    @Test
    void knowsWhetherACutIsInsideAFormat() {
        for (int end = 0; end <= DRIVER.length(); end++) {
            String cut = DRIVER.substring(0, end);
            boolean inside = cut.lastIndexOf("^XA") > cut.lastIndexOf("^XZ");
            assertThat(scan(cut).incomplete()).as("cut at %d", end).isEqualTo(inside);
        }
    }

    @Test
    void knowsWhereTheFirstLabelEnds() {
        var ends = new ArrayList<Long>();
        for (String document : List.of(LABEL, "  " + LABEL + LABEL, DRIVER, "^XA^DFR:A^XZ" + LABEL, "^XA")) {
            ends.add(scan(document).firstLabelEnd());
        }
        int length = LABEL.length();
        int drivers = DRIVER.indexOf("^PQ3,0,1,Y^XZ") + "^PQ3,0,1,Y^XZ".length();

        assertThat(ends).containsExactly((long) length, 2L + length, (long) drivers, 12L + length, 0L);
    }

    @Test
    void countsNoFurtherThanALongCan() {
        Labels many = scan("^XA^FDx^FS^PQ99999999^XZ".repeat(3));
        Labels most = new Labels(Long.MAX_VALUE - 1, 1, false, 0);

        assertThat(many.total()).isEqualTo(3L * ZplFormats.MOST_QUANTITY);
        assertThat(many.totalOf(9999)).isEqualTo(9999L * 3 * ZplFormats.MOST_QUANTITY);
        assertThat(most.totalOf(1)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(most.totalOf(2)).isEqualTo(Long.MAX_VALUE);
    }

    private static Labels scan(String document) {
        byte[] bytes = document.getBytes(ISO_8859_1);
        var scanner = new ZplScanner();
        scanner.take(bytes, 0, bytes.length);
        return scanner.labels();
    }

    private static Labels bytewise(byte[] document) {
        var scanner = new ZplScanner();
        for (byte b : document) {
            scanner.take(ByteBuffer.wrap(new byte[] {b}));
        }
        return scanner.labels();
    }
}
