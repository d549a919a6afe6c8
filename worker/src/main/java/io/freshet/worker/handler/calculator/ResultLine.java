package io.freshet.worker.handler.calculator;

import java.nio.charset.StandardCharsets;

/** An output line being written into a reused array. */
final class ResultLine {

    private static final byte[] ID = ascii("\"id\":");
    private static final byte[] VALUE1 = ascii("\"value1\":");
    private static final byte[] VALUE2 = ascii(",\"value2\":");
    private static final byte[] OP = ascii(",\"op\":\"");
    private static final byte[] RESULT = ascii("\",\"result\":");

    /** What a line holds besides its id. */
    private static final int REST = 64 + 3 * DecimalText.MAX_LENGTH;

    private byte[] bytes = new byte[256];
    private int length;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Begins a line without id. */
    void begin() {
        ensure(REST);
        bytes[0] = '{';
        length = 1;
    }

    /** Begins a line with the id as it is written in JSON. */
    void begin(byte[] from, int offset, int size) {
        ensure(REST + size);
        bytes[0] = '{';
        length = 1;
        append(ID);
        System.arraycopy(from, offset, bytes, length, size);
        length += size;
        bytes[length++] = ',';
    }

    private void ensure(int capacity) {
        if (bytes.length < capacity) {
            bytes = new byte[Math.max(capacity, 2 * bytes.length)];
        }
    }

    void value1(Numeral value) {
        append(VALUE1);
        length = value.put(bytes, length);
    }

    void value2(Numeral value) {
        append(VALUE2);
        length = value.put(bytes, length);
    }

    void value1(double value) {
        append(VALUE1);
        length = DoubleText.put(bytes, length, value);
    }

    void value2(double value) {
        append(VALUE2);
        length = DoubleText.put(bytes, length, value);
    }

    /** Ends the line of an operation given by its sign. */
    void result(int sign, double value) {
        append(OP);
        bytes[length++] = (byte) sign;
        end(value);
    }

    /** Ends the line of an operation given by name. */
    void result(String op, double value) {
        append(OP);
        append(ascii(op));
        end(value);
    }

    private void end(double value) {
        append(RESULT);
        length = DoubleText.put(bytes, length, value);
        bytes[length++] = '}';
    }

    private void append(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }
}
