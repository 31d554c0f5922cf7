package io.platen.printer.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Three strings make an answer, whatever comes between them. */
final class ZplHostAnswerTest {
    private static final String FIRST = "030,0,0,1245,000,0,0,0,000,0,0,0";
    private static final String SECOND = "000,0,0,0,0,2,4,0,00000003,1,000";
    private static final String THIRD = "1234,0";

    private final ZplHostAnswer answer = new ZplHostAnswer();
    private final FrameSink out =
            new FrameSink(new LineSorter(new PlainDialect(), ReplyPatterns.NONE, new PatternBudget(() -> 0)));

    @Test
    void threeStringsAreOneStatus() {
        take(FIRST, SECOND);
        assertThat(answer.isUnderWay()).isTrue();
        assertThat(told()).isEmpty();

        take(THIRD);

        assertThat(told()).containsExactly("status well left=3 to ~HS");
        assertThat(answer.isUnderWay()).isFalse();
    }

    @Test
    void stringsOfOtherAnswersAreLeftToOthers() {
        take(FIRST);
        assertThat(answer.take("ZT411,V92.21.07Z,12,8176KB", out)).isFalse();
        take(SECOND);
        assertThat(answer.take("ERRORS: 0 00000000 00000000", out)).isFalse();
        take(THIRD);

        assertThat(told()).containsExactly("status well left=3 to ~HS");
    }

    @Test
    void secondOrThirdStringAloneIsNone() {
        assertThat(answer.take(SECOND, out)).isFalse();
        assertThat(answer.take(THIRD, out)).isFalse();
        take(FIRST);
        assertThat(answer.take(THIRD, out)).isFalse();
    }

    @Test
    void newAnswerGivesUpTheOneBefore() {
        take(FIRST, SECOND, FIRST, SECOND, THIRD);

        assertThat(told()).containsExactly("event", "status well left=3 to ~HS");
    }

    @Test
    void answerThatIsGivenUpIsNoStatus() {
        take(FIRST, SECOND);

        answer.giveUp(out);
        answer.giveUp(out);

        assertThat(told()).containsExactly("event");
        assertThat(out.frames().get(0).text()).isEqualTo(FIRST + "\r\n" + SECOND);
    }

    private void take(String... strings) {
        for (String string : strings) {
            assertThat(answer.take(string, out)).as(string).isTrue();
        }
    }

    private List<String> told() {
        return out.frames().stream().map(Reading::tell).toList();
    }
}
