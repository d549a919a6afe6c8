/** Who may depend on whom in this module. */
package io.freshet.gateway.architecture;
