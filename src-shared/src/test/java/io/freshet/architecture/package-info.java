/** Who may depend on whom, how large things may be, and whether the documents tell the truth. */
package io.freshet.architecture;
