//! Search in languages other than English: small sites, what their readers type, and the page that
//! answers. The browser is asked the same.

use crate::parity;
use crate::site::{Searched, search_of};

struct Site {
    language: &'static str,
    /// Address, title and text.
    pages: [(&'static str, &'static str, &'static str); 3],
    /// What is typed, and the address that must come first; none where nothing may be found.
    asked: &'static [(&'static str, &'static str)],
}

const SITES: [Site; 8] = [
    Site {
        language: "ja",
        pages: [
            (
                "code",
                "復旧コードの使い方",
                "電話をなくしたときは、復旧コードを一つ入力してログインします。",
            ),
            (
                "password",
                "パスワードの再設定",
                "メールに届いたリンクを開いて、新しいパスワードを決めます。",
            ),
            (
                "device",
                "新しい端末の確認",
                "はじめて使う端末では、確認のメールが届きます。",
            ),
        ],
        asked: &[
            ("復旧コード", "code"),
            ("電話をなくした", "code"),
            ("パスワード 再設定", "password"),
            ("ﾊﾟｽﾜｰﾄﾞを忘れた", "password"),
            ("端末", "device"),
            ("庭園散歩", ""),
        ],
    },
    Site {
        language: "zh-Hans",
        pages: [
            (
                "code",
                "使用恢复代码",
                "手机丢失时,输入一个恢复代码即可登录。",
            ),
            ("password", "重置密码", "打开邮件中的链接,设置新的密码。"),
            ("device", "确认新设备", "首次使用的设备会收到一封确认邮件。"),
        ],
        asked: &[
            ("恢复代码", "code"),
            ("手机丢了", "code"),
            ("怎么重置密码", "password"),
            ("新设备", "device"),
            ("花园", ""),
        ],
    },
    Site {
        language: "ko",
        pages: [
            (
                "code",
                "복구 코드 사용하기",
                "휴대폰을 잃어버렸다면 복구 코드를 입력해 로그인합니다.",
            ),
            (
                "password",
                "비밀번호 재설정",
                "메일의 링크를 열어 새 비밀번호를 정합니다.",
            ),
            (
                "device",
                "새 기기 확인",
                "처음 쓰는 기기는 메일로 확인합니다.",
            ),
        ],
        asked: &[
            ("복구 코드가 없어요", "code"),
            ("휴대폰 분실", "code"),
            ("비밀번호를 재설정하려면", "password"),
            ("새 기기", "device"),
        ],
    },
    Site {
        language: "de",
        pages: [
            (
                "code",
                "Wiederherstellungscodes verwenden",
                "Wer sein Telefon verloren hat, gibt einen davon ein.",
            ),
            (
                "password",
                "Passwort zurücksetzen",
                "Öffnen Sie den Verweis in der Nachricht und wählen Sie ein neues Passwort. Zur Wiederherstellung braucht es keine Codes.",
            ),
            (
                "address",
                "Straße und Größe",
                "Die Anschrift gehört nicht in die Anfrage.",
            ),
        ],
        asked: &[
            ("wiederherstellungscode", "code"),
            ("wiederherstelungscodes", "code"),
            ("verlorenes telefon", "code"),
            ("passwort zurucksetzen", "password"),
            ("Passwörter zurücksetzen", "password"),
            ("STRASSE", "address"),
            ("groesse", "address"),
            ("STRASSE DER GROESSE", "address"),
            ("codes", "code"),
            ("passwortnachricht", "password"),
            ("wie soll ich mich denn anmelden", ""),
        ],
    },
    Site {
        language: "fr",
        pages: [
            (
                "code",
                "Utiliser un code de récupération",
                "Si vous avez égaré votre téléphone, saisissez l'un des codes.",
            ),
            (
                "password",
                "Réinitialiser le mot de passe",
                "Ouvrez le lien reçu par courriel et choisissez un nouveau mot de passe.",
            ),
            (
                "device",
                "Confirmer un nouvel appareil",
                "Un message est envoyé lors de la première utilisation.",
            ),
        ],
        asked: &[
            ("codes de recuperation", "code"),
            ("j'ai perdu mon portable", "code"),
            ("mdp oublié", "password"),
            ("confirmation d'un appareil", "device"),
            ("récuperer", "code"),
        ],
    },
    Site {
        language: "tr",
        pages: [
            (
                "code",
                "Kurtarma kodunu kullanma",
                "Telefonunuzu kaybettiyseniz bir kurtarma kodu girin.",
            ),
            (
                "password",
                "Şifre sıfırlama",
                "İletideki bağlantıyı açın ve yeni bir şifre seçin.",
            ),
            (
                "device",
                "Yeni aygıtı doğrulama",
                "İlk kez kullanılan aygıt için ileti gelir.",
            ),
        ],
        asked: &[
            ("kurtarma kodları", "code"),
            ("sifre sifirlama", "password"),
            ("ŞİFRE SIFIRLAMA", "password"),
            ("yeni aygit", "device"),
            ("telefonumu kaybettim", "code"),
        ],
    },
    Site {
        language: "ar",
        pages: [
            (
                "code",
                "استخدام رمز الاسترداد",
                "إذا فقدت هاتفك فأدخل أحد رموز الاسترداد.",
            ),
            (
                "password",
                "إعادة تعيين كلمة المرور",
                "افتح الرابط في الرسالة واختر كلمة مرور جديدة.",
            ),
            (
                "device",
                "تأكيد جهاز جديد",
                "تصل رسالة تأكيد عند استخدام جهاز لأول مرة.",
            ),
        ],
        asked: &[
            ("رمز الاسترداد", "code"),
            ("اعادة تعيين كلمه المرور", "password"),
            ("كَلِمَة المُرور", "password"),
            ("جهاز جديد", "device"),
            ("تاكيد", "device"),
        ],
    },
    Site {
        language: "th",
        pages: [
            ("code", "ใช้รหัสกู้คืน", "หากโทรศัพท์หาย ให้ป้อนรหัสกู้คืนเพื่อเข้าสู่ระบบ"),
            ("password", "ตั้งรหัสผ่านใหม่", "เปิดลิงก์ในอีเมลแล้วตั้งรหัสผ่านใหม่"),
            ("device", "ยืนยันอุปกรณ์ใหม่", "อุปกรณ์ที่ใช้ครั้งแรกจะได้รับอีเมลยืนยัน"),
        ],
        asked: &[
            ("โทรศัพท์หาย", "code"),
            ("รหัสผ่าน", "password"),
            ("อุปกรณ์", "device"),
        ],
    },
];

fn search(site: &Site) -> Searched {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let content = folder.path().join("content");
    std::fs::create_dir(&content).expect("writable");
    let write =
        |name: &str, text: String| std::fs::write(content.join(name), text).expect("writable");
    write(
        "site.toml",
        format!("title = \"Help\"\nlanguage = \"{}\"\n", site.language),
    );
    write("index.md", "# Home\n".to_owned());
    for (name, title, text) in site.pages {
        write(&format!("{name}.md"), format!("# {title}\n\n{text}\n"));
    }
    search_of(folder.path())
}

#[test]
fn readers_of_other_languages_find_the_right_page() {
    let mut wrong = Vec::new();
    for site in &SITES {
        let search = search(site);
        for (query, page) in site.asked {
            let first = search.first(query);
            if first.split('/').next() != Some(page) {
                wrong.push(format!(
                    "{} {query}: {first:?}, not {page:?}",
                    site.language
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn browsers_rank_other_languages_like_the_program() {
    for site in &SITES {
        let spoilt = site.asked.iter().flat_map(|(query, _)| {
            let short = query.chars().take(3).collect();
            let swapped = query.chars().rev().collect();
            [(*query).to_owned(), short, swapped]
        });
        parity::compare(&search(site), spoilt.collect());
    }
}
