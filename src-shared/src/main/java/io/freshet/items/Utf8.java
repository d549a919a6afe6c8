package io.freshet.items;

/** Where UTF-8 text may be cut: never inside a character. */
public final class Utf8 {
    private Utf8() {}

    /** Bytes of the longest beginning of {@code text[offset, offset + length)} that has at most {@code most} bytes. */
    public static int beginning(byte[] text, int offset, int length, int most) {
        if (length <= most) {
            return length;
        }
        int cut = most;
        while (cut > 0 && isContinuation(text[offset + cut])) {
            cut--;
        }
        return cut;
    }

    /** A byte that continues a character of several: the cut must not come before it. */
    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
