package io.freshet.worker.execution;

import java.nio.charset.StandardCharsets;

/**
 * One line of the input, as bytes in a shared buffer, without its line end and without a byte order mark.
 * Valid until the next line is asked for.
 */
public final class Line {
    private byte[] buffer = new byte[0];
    private int offset;
    private int length;
    private long number;

    /** Array that holds the line; must not be modified. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in {@link #buffer}. */
    public int offset() {
        return offset;
    }

    /** Bytes, at least 1. */
    public int length() {
        return length;
    }

    /** 1-based over the whole input of the run. */
    public long number() {
        return number;
    }

    /** The line as text, UTF-8. */
    public String text() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    /** Makes this object represent another line. */
    public Line at(byte[] newBuffer, int newOffset, int newLength, long newNumber) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        number = newNumber;
        return this;
    }
}
