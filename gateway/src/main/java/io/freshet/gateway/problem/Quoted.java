package io.freshet.gateway.problem;

/** Texts of a client, repeated to it. */
public final class Quoted {
    private static final int SHOWN = 64;

    private Quoted() {}

    /** In quotes, and no longer than it takes to be recognised. */
    public static String of(String text) {
        return "'" + plain(text) + "'";
    }

    static String plain(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
