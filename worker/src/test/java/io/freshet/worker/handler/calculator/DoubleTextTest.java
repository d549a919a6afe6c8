package io.freshet.worker.handler.calculator;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class DoubleTextTest {

    @Property(tries = 20_000)
    void writesTheShortestDecimalThatReadsBackTheSame(@ForAll("doubles") double number) {
        byte[] out = new byte[DecimalText.MAX_LENGTH];
        int length = DoubleText.put(out, 0, number);

        assertThat(text(out, length)).isEqualTo(reference(number));
    }

    @Property(tries = 20_000)
    void writesADecimalThatItReadTheSameWay(@ForAll("decimals") String decimal) {
        byte[] in = decimal.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[DecimalText.MAX_LENGTH];
        Numeral numeral = new Numeral();

        int end = numeral.read(in, 0, in.length);
        int length = numeral.put(out, 0);

        assertThat(end).isEqualTo(in.length);
        assertThat(numeral.value()).isEqualTo(Double.parseDouble(decimal));
        assertThat(text(out, length)).isEqualTo(reference(Double.parseDouble(decimal)));
    }

    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> anyBits =
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
        Arbitrary<Double> smallest = Arbitraries.longs().between(0, 5000).map(Double::longBitsToDouble);
        Arbitrary<Double> powersOfTwo =
                Arbitraries.integers().between(-1074, 1023).map(e -> Math.scalb(1.0, e));
        Arbitrary<Double> aroundPowersOfTen = Combinators.combine(
                        Arbitraries.integers().between(-30, 30),
                        Arbitraries.integers().between(-3, 3))
                .as((e, ulps) ->
                        Double.longBitsToDouble(Double.doubleToRawLongBits(Double.parseDouble("1e" + e)) + ulps));
        Arbitrary<Double> quotients = Combinators.combine(
                        Arbitraries.longs().between(-2_000_000, 2_000_000),
                        Arbitraries.longs().between(1, 2_000_000))
                .as((a, b) -> (double) a / b);
        Arbitrary<Double> shortOnes = decimals().map(Double::parseDouble);
        return Arbitraries.oneOf(anyBits, smallest, powersOfTwo, aroundPowersOfTen, quotients, shortOnes);
    }

    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<String> signs = Arbitraries.of("", "-");
        Arbitrary<String> wholes = Arbitraries.integers().between(1, 19).flatMap(DoubleTextTest::number);
        Arbitrary<String> fractions = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(18).map(f -> "." + f));
        Arbitrary<String> exponents = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.integers().between(-330, 280).map(e -> "e" + e),
                Arbitraries.integers().between(-25, 25).map(e -> e < 0 ? "E" + e : "E+0" + e));
        return Combinators.combine(signs, wholes, fractions, exponents).as((s, w, f, e) -> s + w + f + e);
    }

    private static Arbitrary<String> number(int digits) {
        long below = BigDecimal.TEN.pow(Math.min(digits, 18)).longValueExact();
        return Arbitraries.longs().between(0, below - 1).map(n -> Long.toString(n));
    }

    private static String text(byte[] out, int length) {
        return new String(out, 0, length, StandardCharsets.US_ASCII);
    }

    private static String reference(double number) {
        String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
        double magnitude = Math.abs(number);
        if (magnitude == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(magnitude).stripTrailingZeros();
        if (magnitude >= 1e-5 && magnitude < 1e15) {
            String plain = shortest.toPlainString();
            return sign + (plain.contains(".") ? plain : plain + ".0");
        }
        String digits = shortest.unscaledValue().toString();
        int exponent = shortest.precision() - shortest.scale() - 1;
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return "%s%sE%s%02d".formatted(sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static BigDecimal shortest(double magnitude) {
        BigDecimal exact = new BigDecimal(magnitude);
        for (int digits = 1; ; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean downFits = down.doubleValue() == magnitude;
            boolean upFits = up.doubleValue() == magnitude;
            if (downFits && upFits) {
                return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (downFits || upFits) {
                return downFits ? down : up;
            }
        }
    }
}
