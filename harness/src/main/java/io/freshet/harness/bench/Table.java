package io.freshet.harness.bench;

import com.google.errorprone.annotations.FormatMethod;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures, a line each, as Markdown. */
final class Table {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A figure beside its reference; without a ratio, if there is none. */
    void row(String figure, String ours, Reference reference, String aim) {
        row(figure, ours, reference.text, reference.ratio > 0 ? format("%.2f", reference.ratio) : "", aim);
    }

    /** What a figure stands beside. */
    record Reference(String text, double ratio) {
        static Reference of(String text, double ratio) {
            return new Reference(text, ratio);
        }

        static Reference none() {
            return new Reference("", 0);
        }
    }

    void print(PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        out.println();
        out.println("| " + String.join(" | ", heads) + " |");
        out.println("|" + "---|".repeat(heads.size()));
        rows.forEach(cells -> out.println("| " + String.join(" | ", cells) + " |"));
        out.flush();
    }

    /** A number with so many digits after the point. */
    static String number(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    @FormatMethod
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
