package io.freshet.worker.handler.calculator;

import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.MemoryResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class CalculatorTest {

    private final MemoryResults results = new MemoryResults();

    @Test
    void computesTheFourKnownLinesExactly() throws Exception {
        compute(
                "{ \"id\": \"1\", \"value1\": 3123, \"value2\": 321311, \"op\": \"+\" }",
                "{ \"id\": \"2\", \"value1\": 3123, \"value2\": 321311, \"op\": \"-\" }",
                "{ \"id\": \"3\", \"value1\": 3123, \"value2\": 321311, \"op\": \"/\" }",
                "{ \"id\": \"4\", \"value1\": 3123, \"value2\": 321311, \"op\": \"*\" }");

        assertThat(results.written())
                .containsExactly(
                        "{\"id\":\"1\",\"value1\":3123.0,\"value2\":321311.0,\"op\":\"+\",\"result\":324434.0}",
                        "{\"id\":\"2\",\"value1\":3123.0,\"value2\":321311.0,\"op\":\"-\",\"result\":-318188.0}",
                        "{\"id\":\"3\",\"value1\":3123.0,\"value2\":321311.0,\"op\":\"/\",\"result\":0.009719555197301057}",
                        "{\"id\":\"4\",\"value1\":3123.0,\"value2\":321311.0,\"op\":\"*\",\"result\":1003454253.0}");
        assertThat(results.rejected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1                    | 1.0
                    0                    | 0.0
                    -0                   | -0.0
                    -0.000               | -0.0
                    0.1                  | 0.1
                    1.50                 | 1.5
                    100                  | 100.0
                    1e3                  | 1000.0
                    12.5e-1              | 1.25
                    0.00001              | 0.00001
                    0.000012345678901234 | 0.000012345678901234
                    0.000009             | 9E-06
                    0.00000015           | 1.5E-07
                    999999999999999      | 999999999999999.0
                    999999999999999.9    | 999999999999999.9
                    1000000000000000     | 1E+15
                    -1234567890123456    | -1.234567890123456E+15
                    9007199254740993     | 9.007199254740992E+15
                    1.0000000000000002   | 1.0000000000000002
                    0.30000000000000004  | 0.30000000000000004
                    2e23                 | 2E+23
                    1e100                | 1E+100
                    1e308                | 1E+308
                    1.7976931348623157e308 | 1.7976931348623157E+308
                    1e-320               | 1E-320
                    4.9e-324             | 5E-324
                    4.9e-323             | 5E-323
                    1e-400               | 0.0
                    """)
    void writesNumbersInTheirShortestForm(String written, String expected) throws Exception {
        compute(
                "{\"value1\":" + written + ",\"value2\":1,\"op\":\"*\"}",
                "{\"value2\":1,\"value1\":" + written + ",\"op\":\"*\",\"note\":\"by the other way\"}");

        String line = "{\"value1\":" + expected + ",\"value2\":1.0,\"op\":\"*\",\"result\":" + expected + "}";
        assertThat(results.written()).containsExactly(line, line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "7"                    | "7"
                    ""                     | ""
                    7                      | 7
                    -0                     | -0
                    1.50e+2                | 1.50e+2
                    123456789012345678901  | 123456789012345678901
                    1e999                  | 1e999
                    "caf\\u00e9"           | "café"
                    "café"                 | "café"
                    "\uD83D\uDE00"         | "\uD83D\uDE00"
                    "\\ud83d\\ude00"       | "\uD83D\uDE00"
                    "\\ud83d"              | "\\ud83d"
                    "a\\/b"                | "a/b"
                    "\\"\\\\"              | "\\"\\\\"
                    "\\u000a\\b\\f\\r\\t"  | "\\n\\b\\f\\r\\t"
                    "\\u0001\\u007f"       | "\\u0001\u007f"
                    """)
    void givesTheIdBackAsItCame(String id, String expected) throws Exception {
        compute("{\"id\":" + id + ",\"value1\":1,\"value2\":2,\"op\":\"+\"}");

        assertThat(results.written())
                .containsExactly("{\"id\":" + expected + ",\"value1\":1.0,\"value2\":2.0,\"op\":\"+\",\"result\":3.0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value1\":1,\"value2\":2,\"op\":\"+\"}",
                "{\"op\":\"+\",\"value2\":2,\"value1\":1}",
                "\t{ \"value1\" :\t1.0 , \"value2\":\r2e0,\"op\" : \"+\" } ",
                "{\"value1\":1,\"value2\":2,\"op\":\"+\",\"more\":{\"value1\":[7,{}]},\"x\":null}",
                "{\"value1\":\"no\",\"value1\":9,\"value1\":1,\"value2\":2,\"op\":\"^\",\"op\":\"+\"}",
                "{\"\\u0076alue1\":1,\"value2\":2,\"op\":\"\\u002b\"}"
            })
    void acceptsEverySpellingOfTheSameLine(String line) throws Exception {
        compute(line);

        assertThat(results.rejected()).isEmpty();
        assertThat(results.written()).containsExactly("{\"value1\":1.0,\"value2\":2.0,\"op\":\"+\",\"result\":3.0}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"value1":1,"value2":0,"op":"/"}           | division by zero
                    {"value1":0,"value2":-0.0,"op":"/"}        | division by zero
                    {"value1":1e308,"value2":10,"op":"*"}      | the result is too large
                    {"value1":-1e308,"value2":1e308,"op":"-"}  | the result is too large
                    {"value1":1e400,"value2":10,"op":"*"}      | value1 is too large
                    {"value2":10,"op":"*"}                     | value1 is missing
                    {"value1":10,"op":"*"}                     | value2 is missing
                    {"value1":1,"value2":2}                    | op is missing
                    {"value1":"1","value2":2,"op":"+"}         | value1 is not a number
                    {"value1":1,"value2":null,"op":"+"}        | value2 is not a number
                    {"value1":1,"value2":[2],"op":"+"}         | value2 is not a number
                    {"value1":1,"value2":2,"op":"%"}           | op is none of + - * /
                    {"value1":1,"value2":2,"op":"++"}          | op is none of + - * /
                    {"value1":1,"value2":2,"op":""}            | op is none of + - * /
                    {"value1":1,"value2":2,"op":5}             | op is none of + - * /
                    {"id":null,"value1":1,"value2":2,"op":"+"} | id is neither a string nor a number
                    {"id":[1],"value1":1,"value2":2,"op":"+"}  | id is neither a string nor a number
                    {"value1":1,"value2":2,"op":"+"}{}         | more than one JSON value
                    {"value1":1,"value2":2,"op":"+"} 1         | more than one JSON value
                    {"value1":00012,"value2":2,"op":"+"}       | malformed JSON at character 12
                    {"value1":1.,"value2":2,"op":"+"}          | malformed JSON at character 12
                    {"value1":+1,"value2":2,"op":"+"}          | malformed JSON at character 12
                    {"value1":NaN,"value2":2,"op":"+"}         | malformed JSON at character 14
                    {"value1":1,"value2":2,"op":"+",}          | malformed JSON at character 33
                    {"value1":1,"value2":2,"op":"+"            | malformed JSON: ends too early
                    {"value1":1,"value                         | malformed JSON: ends too early
                    [1,2]                                      | not a JSON object
                    7                                          | not a JSON object
                    """)
    void rejectsWhatItCannotComputeAndSaysWhy(String line, String reason) throws Exception {
        compute(line);

        assertThat(results.rejected()).containsExactly("1: " + reason);
        assertThat(results.written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"add, 12.0", "subtract, 8.0", "times, 20.0", "divide, 5.0"})
    void understandsOperationsByWordAndKeepsTheWord(String word, String result) throws Exception {
        compute("{\"id\":\"1\",\"value1\":10,\"value2\":2,\"op\":\"" + word + "\"}");

        assertThat(results.written())
                .containsExactly("{\"id\":\"1\",\"value1\":10.0,\"value2\":2.0,\"op\":\"" + word + "\",\"result\":"
                        + result + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Add", "plus", "added", "multiply", "", "a"})
    void understandsNoOtherWords(String word) throws Exception {
        compute("{\"value1\":10,\"value2\":2,\"op\":\"" + word + "\"}");

        assertThat(results.rejected()).containsExactly("1: op is none of + - * /");
    }

    @Test
    void dividesByZeroInWordsAsLittleAsInSigns() throws Exception {
        compute("{\"value1\":10,\"value2\":0,\"op\":\"divide\"}");

        assertThat(results.rejected()).containsExactly("1: division by zero");
    }

    @Test
    void namesAByteOrderMarkThatDoesNotBelongThere() throws Exception {
        compute(
                "\uFEFF{\"value1\":1,\"value2\":2,\"op\":\"+\"}",
                "{\"value1\":1,\uFEFF\"value2\":2,\"op\":\"+\"}",
                "{\"value1\":1\uFEFF,\"value2\":2,\"op\":\"+\"}",
                "{\"value1\":1,\"value2\":2,\"op\":\"+\"}\uFEFF",
                "\uFEFF",
                "{\"value1\":\uFEFF1,\"value2\":2,\"op\":\"+\"}");

        assertThat(results.rejected())
                .hasSize(6)
                .allSatisfy(rejection ->
                        assertThat(rejection).contains("malformed JSON").endsWith(": a byte order mark (U+FEFF)"));
    }

    @Test
    void aByteOrderMarkInATextIsAText() throws Exception {
        compute("{\"id\":\"a\uFEFF\",\"value1\":1,\"value2\":2,\"op\":\"+\"}");

        assertThat(results.written()).hasSize(1);
    }

    @Test
    void rejectsBytesThatAreNoText() throws Exception {
        byte[] line = "{\"id\":\"?\",\"value1\":1,\"value2\":2,\"op\":\"+\"}".getBytes(StandardCharsets.US_ASCII);
        line[7] = (byte) 0xC0;

        new Calculator().compute(new MemoryLines(line), results);

        assertThat(results.rejected()).containsExactly("1: not valid UTF-8");
    }

    @Test
    void rejectsNumbersAndNestingBeyondTheLimitsOfTheReader() throws Exception {
        compute(
                "{\"value1\":" + "1".repeat(2000) + ",\"value2\":2,\"op\":\"+\"}",
                "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + ",\"value1\":1,\"value2\":2,\"op\":\"+\"}");

        assertThat(results.rejected())
                .containsExactly(
                        "1: a number or name is too long, or values are nested too deep",
                        "2: a number or name is too long, or values are nested too deep");
    }

    @Test
    void aRejectedLineLeavesNoTraceInTheNext() throws Exception {
        compute(
                "{\"id\":\"1\",\"value1\":1,\"value2\":0,\"op\":\"/\"}",
                "{\"value1\":1,\"value2\":2,\"op\":\"+\"}",
                "{\"id\":\"3\",\"op\":\"+\"}",
                "{\"value1\":1,\"x\":0}");

        assertThat(results.written()).containsExactly("{\"value1\":1.0,\"value2\":2.0,\"op\":\"+\",\"result\":3.0}");
        assertThat(results.rejected())
                .containsExactly("1: division by zero", "3: value1 is missing", "4: value2 is missing");
    }

    @Test
    void growsWithLongIds() throws Exception {
        String id = "x".repeat(100_000);

        compute("{\"id\":\"" + id + "\",\"value1\":1,\"value2\":2,\"op\":\"+\"}");

        assertThat(results.written())
                .containsExactly("{\"id\":\"" + id + "\",\"value1\":1.0,\"value2\":2.0,\"op\":\"+\",\"result\":3.0}");
    }

    private void compute(String... lines) throws InterruptedException {
        new Calculator().compute(MemoryLines.of(lines), results);
    }
}
