package io.freshet.items;

import io.freshet.settings.Variable;
import io.smallrye.config.WithDefault;

/** Mixed into the settings of whatever splits inputs into lines, or reads them. */
public interface LineSetting {

    /** Maximum length of a line, in bytes. */
    @Variable(value = "MAXLINEBYTES", max = "1073741824", description = """
            Maximum length of a line; longer lines are refused with 413""")
    @WithDefault("16777216")
    int maxLineBytes();
}
