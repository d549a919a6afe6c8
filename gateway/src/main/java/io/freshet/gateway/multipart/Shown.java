package io.freshet.gateway.multipart;

/** What clients sent, as it may stand in an answer: short and printable. */
final class Shown {
    private static final int MAX_LENGTH = 100;

    private Shown() {}

    static String text(String sent) {
        String printable = sent.replaceAll("[\\p{Cntrl}\\uFFFD]", "?");
        return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH) + "…";
    }
}
