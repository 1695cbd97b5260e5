// Runs before Streamlit's own script: where the server is. Left to itself it asks below each screen's address first (two 404s and a
// pause), and waits for two answers before it opens its websocket.
"use strict";
window.__streamlit = {
  BACKEND_BASE_URL: location.origin,
  MAIN_PAGE_BASE_URL: location.origin,
  HOST_CONFIG: {
    allowedOrigins: [location.origin],
    useExternalAuthToken: false,
    enableCustomParentMessages: false,
    enforceDownloadInNewTab: false,
    blockErrorDialogs: false,
  },
};
