package io.freshet.harness.calculator;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Calculator lines of a series, made while they are read. */
public final class CalculationInput extends InputStream {
    private static final int CHUNK = 65_536;

    private final CalculationSeries series = new CalculationSeries();
    private final long lines;
    private volatile long madeLines;
    private volatile long madeBytes;
    private byte[] chunk = {};
    private int position;

    public CalculationInput(long lines) {
        this.lines = lines;
    }

    public long lines() {
        return madeLines;
    }

    public long bytes() {
        return madeBytes;
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : chunk[position++];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0 || isAtEnd()) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean isAtEnd() {
        if (position == chunk.length && madeLines < lines) {
            refill();
        }
        return position == chunk.length;
    }

    private void refill() {
        StringBuilder text = new StringBuilder(CHUNK + 200);
        long made = madeLines;
        while (made < lines && text.length() < CHUNK) {
            text.append(series.next().inputLine()).append('\n');
            made++;
        }
        chunk = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        position = 0;
        long bytes = madeBytes + chunk.length;
        madeLines = made;
        madeBytes = bytes;
    }
}
