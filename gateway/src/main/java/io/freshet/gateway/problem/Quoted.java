package io.freshet.gateway.problem;

/** Text of a client, repeated in an answer. */
public final class Quoted {
    private static final int SHOWN = 64;
    private static final int SHOWN_BYTES = 100;

    private Quoted() {}

    /** In quotes, and no longer than it takes to recognise it. */
    public static String of(String text) {
        return "'" + plain(text) + "'";
    }

    public static String plain(String text) {
        return shortened(text, SHOWN);
    }

    /** Bytes that may be no text: unprintable characters are replaced. */
    public static String printable(String bytes) {
        return shortened(bytes.replaceAll("[\\p{Cntrl}\\uFFFD]", "?"), SHOWN_BYTES);
    }

    private static String shortened(String text, int length) {
        return text.length() > length ? text.substring(0, length) + "…" : text;
    }
}
