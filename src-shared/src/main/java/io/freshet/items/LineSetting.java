package io.freshet.items;

import io.freshet.settings.Variable;
import io.smallrye.config.WithDefault;

/** For the mappings of those who split inputs into lines, and of those who read the lines. */
public interface LineSetting {

    /** Bytes of the longest line that is accepted. */
    @Variable(
            value = "MAXLINEBYTES",
            max = "1073741824",
            says = "Longest line that is accepted; a longer one is refused with 413")
    @WithDefault("16777216")
    int maxLineBytes();
}
