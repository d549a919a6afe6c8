package io.freshet.harness.calculator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

final class CalculationTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "3123, 3123.0",
        "-318188, -318188.0",
        "0.30000000000000004, 0.30000000000000004",
        "0.009719555197301057, 0.009719555197301057",
        "1e-5, 0.00001",
        "1.25e-5, 0.0000125",
        "9.999999999999999e-6, 9.999999999999999E-06",
        "1.5e-7, 1.5E-07",
        "12345678.5, 12345678.5",
        "999999999999999, 999999999999999.0",
        "999999999999999.9, 999999999999999.9",
        "1e15, 1E+15",
        "-1.25e21, -1.25E+21",
        "1.5e300, 1.5E+300",
        "4.9e-324, 4.9E-324"
    })
    void aNumberIsWrittenAsTheCalculatorWritesIt(double number, String expected) {
        assertThat(Calculation.text(number)).isEqualTo(expected);
    }

    @Test
    void everyNumberThatIsWrittenReadsBackAsTheSameDouble() {
        CalculationSeries series = new CalculationSeries(7);
        for (int i = 0; i < 10_000; i++) {
            Calculation calculation = series.next();
            double quotient = Double.parseDouble(calculation.left()) / Double.parseDouble(calculation.right());

            assertThat(Double.parseDouble(Calculation.text(quotient))).isEqualTo(quotient);
        }
    }

    @Test
    void aCalculationGoesInAndComesOutInTheFormOfTheKnownExamples() {
        Calculation calculation = new Calculation("3", "3123", "321311", "/");

        assertThat(calculation.inputLine())
                .isEqualTo("{ \"id\": \"3\", \"value1\": 3123, \"value2\": 321311, \"op\": \"/\" }");
        assertThat(calculation.resultLine())
                .isEqualTo(
                        "{\"id\":\"3\",\"value1\":3123.0,\"value2\":321311.0,\"op\":\"/\",\"result\":0.009719555197301057}");
    }

    @Test
    void theSameSeedGivesTheSameBytesForEver() throws NoSuchAlgorithmException {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        CalculationSeries series = new CalculationSeries();
        for (int i = 0; i < 10_000; i++) {
            hash.update((series.next().inputLine() + "\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(HexFormat.of().formatHex(hash.digest()))
                .isEqualTo("23ccf8cfcbd5dd83a3fb24759856d69924d62b12bb4ae0c693ea8c63ca6e16e0");
    }

    @Test
    void aStreamOfInputHasTheLinesOfTheSeries() {
        CalculationSeries series = new CalculationSeries();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            expected.append(series.next().inputLine()).append('\n');
        }

        CalculationInput input = new CalculationInput(5_000);

        assertThat(input).hasContent(expected.toString());
        assertThat(input.lines()).isEqualTo(5_000);
        assertThat(input.bytes()).isEqualTo(expected.length());
    }

    @Test
    void aSeriesHasAllOperationsSignsWholeAndBrokenNumbersExponentsBothWaysAndNoZero() {
        CalculationSeries series = new CalculationSeries();
        Pattern exponent = Pattern.compile("E[+-]");
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 100_000; i++) {
            Calculation calculation = series.next();
            seen.add(calculation.op());
            for (String operand : List.of(calculation.left(), calculation.right())) {
                assertThat(Double.parseDouble(operand)).as(operand).isNotZero();
                seen.add(operand.contains(".") ? "broken" : "whole");
                seen.add(operand.startsWith("-") ? "negative" : "positive");
            }
            Matcher found = exponent.matcher(calculation.resultLine());
            if (found.find()) {
                seen.add(found.group());
            }
        }

        assertThat(seen)
                .containsExactlyInAnyOrder("*", "+", "-", "/", "E+", "E-", "broken", "negative", "positive", "whole");
    }
}
