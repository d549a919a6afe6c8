package io.freshet.gateway.ingest;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Kinds of files that are not lines of UTF-8, recognised by their first bytes. */
public enum Signature {
    GZIP("gzip data", "only uploads are unpacked, so send the file itself or store it unpacked", "1f8b"),
    ZIP("a zip archive", Remedy.UNPACK, "504b0304 504b0506 504b0708"),
    ZSTD("zstd data", Remedy.UNPACK, "28b52ffd"),
    XZ("xz data", Remedy.UNPACK, "fd377a585a00"),
    BZIP2("bzip2 data", Remedy.UNPACK, "425a68") {
        @Override
        boolean fits(byte[] head) {
            return super.fits(head) && (startsWith(head, 4, "314159265359") || startsWith(head, 4, "177245385090"));
        }
    },
    LZ4("lz4 data", Remedy.UNPACK, "04224d18"),
    LZIP("lzip data", Remedy.UNPACK, "4c5a495001"),
    SNAPPY("snappy data", Remedy.UNPACK, "ff060000734e61507059"),
    COMPRESS("data of compress (.Z)", Remedy.UNPACK, "1f9d"),
    SEVEN_ZIP("a 7z archive", Remedy.UNPACK, "377abcaf271c"),
    RAR("a rar archive", Remedy.UNPACK, "526172211a07"),
    TAR("a tar archive", Remedy.UNPACK, "7573746172") {
        @Override
        boolean fits(byte[] head) {
            return startsWith(head, TAR_MAGIC_AT, "7573746172");
        }
    },
    UTF_32("UTF-32 text", Remedy.UTF_8, "fffe0000 0000feff") {
        @Override
        boolean fits(byte[] head) {
            return super.fits(head) || isWideAscii(head, 4, 0) || isWideAscii(head, 4, 3);
        }
    },
    UTF_16("UTF-16 text", Remedy.UTF_8, "fffe feff") {
        @Override
        boolean fits(byte[] head) {
            return super.fits(head) || isWideAscii(head, 2, 0) || isWideAscii(head, 2, 1);
        }
    };

    /** The number of bytes that are examined. */
    public static final int HEAD_BYTES = 262;

    private static final int TAR_MAGIC_AT = 257;
    private static final int SHORTEST_WIDE = 4;
    private static final String MARK = "efbbbf";

    private final String described;
    private final String remedy;
    /** Hexadecimal, separated by blanks. */
    private final String begins;

    Signature(String described, String remedy, String begins) {
        this.described = described;
        this.remedy = remedy;
        this.begins = begins;
    }

    /** The kind of a file that starts with these bytes; empty for lines. */
    public static Optional<Signature> of(byte[] head) {
        return Arrays.stream(values()).filter(kind -> kind.fits(head)).findFirst();
    }

    /** Length of the UTF-8 byte order mark that the bytes start with; 0 if there is none. */
    static int markBytes(byte[] head) {
        return startsWith(head, 0, MARK) ? MARK.length() / 2 : 0;
    }

    /** For an error message, as in "this is …". */
    public String described() {
        return described;
    }

    public String remedy() {
        return remedy;
    }

    boolean fits(byte[] head) {
        return Arrays.stream(begins.split(" ")).anyMatch(begin -> startsWith(head, 0, begin));
    }

    static boolean startsWith(byte[] head, int at, String hex) {
        byte[] begin = HexFormat.of().parseHex(hex);
        return head.length >= at + begin.length && Arrays.equals(head, at, at + begin.length, begin, 0, begin.length);
    }

    /**
     * Whether the first two characters are ASCII of this width, as those of any JSON are: zeros except for one byte each.
     * Text in UTF-8 has no zeros there.
     */
    private static boolean isWideAscii(byte[] head, int width, int letterAt) {
        int length = Math.min(2 * width, head.length);
        if (length < SHORTEST_WIDE) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            boolean fits = i % width == letterAt ? head[i] > 0 : head[i] == 0;
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static final class Remedy {
        static final String UNPACK = "unpack it, and send the lines plain or as gzip";
        static final String UTF_8 = "send it as UTF-8";

        private Remedy() {}
    }
}
